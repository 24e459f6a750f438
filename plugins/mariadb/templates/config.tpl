apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Values.name }}-config
  namespace: {{ .Values.namespace }}
  labels:
    {{- include "mariadb.labels" . | nindent 4 }}
data:
  my.cnf: |
    [mariadbd]
    datadir = {{ .Values.dataPath }}/data
    port = {{ .Values.port }}
    bind_address = {{ .Values.network.bindAddress }}
    socket = /run/mysqld/mysqld.sock
    pid_file = /run/mysqld/mysqld.pid
    tmpdir = /tmp
    skip_name_resolve = ON
    log_bin = binlog
    relay_log = relay
    log_slave_updates = ON
    gtid_strict_mode = ON
    {{- if eq .Values.component "replica" }}
    read_only = ON
    {{- end }}
    {{- range $key, $value := .Values.mariadbConfig }}
    {{ $key }} = {{ $value }}
    {{- end }}
    [client]
    socket = /run/mysqld/mysqld.sock
  exporter.cnf: |
    [client]
    host = 127.0.0.1
    port = {{ .Values.port }}
    user = exporter
  start.sh: |
    #!/bin/bash
    # Makes an empty data folder a database, says in a file what must hold at every start, then becomes the server.
    set -euo pipefail
    umask 077
    # A replica that was promoted stays so.
    writable=()
    if [ -e {{ .Values.dataPath }}/promoted ]; then SOURCE_HOST='' writable=(--read-only=OFF); fi
    quoted() { printf '%s' "$1" | sed "s/[\\\\']/\\\\&/g"; }
    ordinal=${POD_NAME##*-}
    if [ ! -e {{ .Values.dataPath }}/data/mysql ]; then
      rm -rf {{ .Values.dataPath }}/new
      mariadb-install-db --defaults-file=/etc/mariadb/my.cnf --datadir={{ .Values.dataPath }}/new \
        --auth-root-authentication-method=normal --skip-test-db > /dev/null
      mv {{ .Values.dataPath }}/new {{ .Values.dataPath }}/data
    fi
    # Accounts are each instance's own: none of it goes into the log that others follow.
    {
      echo "SET SESSION sql_log_bin = 0;"
      for account in root@localhost root@%; do
        host=${account#*@}
        echo "CREATE USER IF NOT EXISTS 'root'@'$host';"
        echo "ALTER USER 'root'@'$host' IDENTIFIED BY '$(quoted "$ROOT_PASSWORD")';"
        echo "GRANT ALL ON *.* TO 'root'@'$host' WITH GRANT OPTION;"
      done
      # Without a password, but only from this pod's own loopback, and to see statistics.
      echo "CREATE USER IF NOT EXISTS 'exporter'@'127.0.0.1' WITH MAX_USER_CONNECTIONS 3;"
      echo "GRANT PROCESS, BINLOG MONITOR, SLAVE MONITOR ON *.* TO 'exporter'@'127.0.0.1';"
      echo "GRANT SELECT ON performance_schema.* TO 'exporter'@'127.0.0.1';"
      if [ -n "${REPLICATION_PASSWORD:-}" ]; then
        echo "CREATE USER IF NOT EXISTS 'replicator'@'%';"
        echo "ALTER USER 'replicator'@'%' IDENTIFIED BY '$(quoted "$REPLICATION_PASSWORD")';"
        echo "GRANT REPLICATION SLAVE, BINLOG MONITOR, SLAVE MONITOR, RELOAD, PROCESS, SELECT, SHOW VIEW, EVENT, TRIGGER, LOCK TABLES ON *.* TO 'replicator'@'%';"
      fi
      if [ -n "${SOURCE_HOST:-}" ]; then
        echo "CHANGE MASTER TO MASTER_HOST = '$SOURCE_HOST', MASTER_PORT = {{ .Values.port }}, MASTER_USER = 'replicator', MASTER_PASSWORD = '$(quoted "$REPLICATION_PASSWORD")', MASTER_USE_GTID = slave_pos, MASTER_CONNECT_RETRY = 5;"
        echo "START SLAVE;"
      else
        echo "SET SESSION sql_log_bin = 1;"
        echo "CREATE DATABASE IF NOT EXISTS {{ .Values.database.name }};"
      fi
    } > /run/mysqld/init.sql
    exec mariadbd --defaults-file=/etc/mariadb/my.cnf --server-id=$(({{ eq .Values.component "replica" | ternary 100 1 }} + ordinal)) "${writable[@]}" --skip-slave-start --init-file=/run/mysqld/init.sql
  {{- if eq .Values.component "replica" }}
  clone.sh: |
    #!/bin/bash
    # A replica begins as a copy of the source. An interrupted copy stays aside and is thrown away.
    set -euo pipefail
    if [ -e {{ .Values.dataPath }}/data ]; then exit 0; fi
    rm -rf {{ .Values.dataPath }}/copying
    mariadb-install-db --defaults-file=/etc/mariadb/my.cnf --datadir={{ .Values.dataPath }}/copying \
      --auth-root-authentication-method=normal --skip-test-db > /dev/null
    here=(--defaults-file=/etc/mariadb/my.cnf -u root)
    export MYSQL_PWD="$REPLICATION_PASSWORD"
    until mariadb-admin -h "$SOURCE_HOST" -P {{ .Values.port }} -u replicator ping > /dev/null 2>&1; do sleep 2; done
    mariadbd --defaults-file=/etc/mariadb/my.cnf --datadir={{ .Values.dataPath }}/copying --skip-networking --skip-log-bin --read-only=OFF &
    until MYSQL_PWD='' mariadb-admin "${here[@]}" ping > /dev/null 2>&1; do sleep 0.2; done
    mariadb-dump -h "$SOURCE_HOST" -P {{ .Values.port }} -u replicator --all-databases --single-transaction --gtid --master-data=1 \
      > {{ .Values.dataPath }}/copying.sql
    MYSQL_PWD='' mariadb "${here[@]}" < {{ .Values.dataPath }}/copying.sql
    rm {{ .Values.dataPath }}/copying.sql
    kill %1
    wait
    mv {{ .Values.dataPath }}/copying {{ .Values.dataPath }}/data
  {{- end }}
