apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Values.name }}-scripts
  namespace: {{ .Values.namespace }}
  labels:
    {{- include "redis.labels" . | nindent 4 }}
data:
  start.sh: |
    #!/bin/sh
    # Writes the lines that only this instance can know, then becomes the server.
    set -eu
    umask 077
    self="$POD_NAME.$REDIS_DOMAIN"

    # Who leads: the sentinels know; else whoever led when this instance went; else the first instance.
    leader() {
      if [ -n "${SENTINEL_HOST:-}" ]; then
        known=$(timeout 5 redis-cli -h "$SENTINEL_HOST" -p "$SENTINEL_PORT" \
          SENTINEL get-master-addr-by-name "$SENTINEL_MASTER" 2>/dev/null | head -n 1) || known=
        case "$known" in
          "$REDIS_NAME"-*."$REDIS_DOMAIN") echo "$known"; return ;;
        esac
        if [ -s "$REDIS_DATA/.leader" ]; then cat "$REDIS_DATA/.leader"; return; fi
      fi
      echo "$REDIS_NAME-0.$REDIS_DOMAIN"
    }

    # reload.sh compares with the copy to see what is new.
    cp /etc/redis/redis.conf /run/redis/applied.conf
    {
      echo "include /run/redis/applied.conf"
      if [ -n "${REDISCLI_AUTH:-}" ]; then
        quoted=$(printf '%s' "$REDISCLI_AUTH" | sed 's/["\\]/\\&/g')
        printf 'requirepass "%s"\nmasterauth "%s"\n' "$quoted" "$quoted"
      fi
      if [ "$REDIS_REPLICATION" = true ]; then
        echo "replica-announce-ip $self"
        echo "replica-announce-port $REDIS_PORT"
        leader=$(leader)
        if [ "$leader" != "$self" ]; then echo "replicaof $leader $REDIS_PORT"; fi
      fi
    } > /run/redis/redis.conf
    exec redis-server /run/redis/redis.conf
  ready.sh: |
    #!/bin/sh
    # Ready: answers, and, where it follows, has caught up. An update waits for that before it takes the next one.
    set -eu
    [ "$(redis-cli -p "$REDIS_PORT" ping)" = PONG ]
    if [ "$REDIS_REPLICATION" = true ]; then
      redis-cli -p "$REDIS_PORT" info replication | tr -d '\r' | grep -qxE 'role:master|master_link_status:up'
    fi
  stop.sh: |
    #!/bin/sh
    # Before the server goes: hands the lead over, and notes who leads for the next start.
    set -u
    [ -n "${SENTINEL_HOST:-}" ] || exit 0
    replication() { redis-cli -p "$REDIS_PORT" info replication | tr -d '\r'; }
    if replication | grep -qx role:master && timeout 5 redis-cli -e -h "$SENTINEL_HOST" -p "$SENTINEL_PORT" \
        SENTINEL FAILOVER "$SENTINEL_MASTER" > /dev/null 2>&1; then
      waited=0
      while replication | grep -qx role:master && [ "$waited" -lt 20 ]; do
        sleep 1
        waited=$((waited + 1))
      done
    fi
    leader=$(replication | sed -n 's/^master_host://p')
    echo "${leader:-$POD_NAME.$REDIS_DOMAIN}" > "$REDIS_DATA/.leader"
  reload.sh: |
    #!/bin/sh
    # Gives new lines of the mounted configuration to the running server. What it refuses takes effect with a restart.
    set -u
    applied=/run/redis/applied.conf
    while sleep "${RELOAD_SECONDS:-10}"; do
      cmp -s /etc/redis/redis.conf "$applied" && continue
      [ "$(redis-cli -p "$REDIS_PORT" ping 2> /dev/null)" = PONG ] || continue
      cp /etc/redis/redis.conf /run/redis/next.conf
      grep -vxFf "$applied" /run/redis/next.conf | while read -r key value; do
        value=${value#\"}
        echo "$key: $(redis-cli -p "$REDIS_PORT" CONFIG SET "$key" "${value%\"}")"
      done
      mv /run/redis/next.conf "$applied"
    done
  switchover.sh: |
    #!/bin/sh
    # Moves the lead to another instance, in good order.
    set -eu
    if [ -z "${SENTINEL_HOST:-}" ]; then
      echo "without the component sentinel the first instance leads for ever" >&2
      exit 1
    fi
    redis-cli -e -h "$SENTINEL_HOST" -p "$SENTINEL_PORT" SENTINEL FAILOVER "$SENTINEL_MASTER"
