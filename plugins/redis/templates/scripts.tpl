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
      if [ "$REDIS_CLUSTER" = true ]; then
        echo "cluster-announce-ip $POD_IP"
        echo "cluster-announce-hostname $self"
      fi
    } > /run/redis/redis.conf
    exec redis-server /run/redis/redis.conf
  ready.sh: |
    #!/bin/sh
    # Ready: answers, and, where it follows, has caught up. An update waits for that before it takes the next one.
    set -eu
    [ "$(redis-cli -p "$REDIS_PORT" ping)" = PONG ]
    if [ "$REDIS_CLUSTER" = true ]; then
      redis-cli -p "$REDIS_PORT" cluster info | tr -d '\r' | grep -qx cluster_state:ok
    fi
    if [ "$REDIS_REPLICATION" = true ] || [ "$REDIS_CLUSTER" = true ]; then
      redis-cli -p "$REDIS_PORT" info replication | tr -d '\r' | grep -qxE 'role:master|master_link_status:up'
    fi
  stop.sh: |
    #!/bin/sh
    # Before the server goes: hands the lead over, and notes who leads for the next start.
    set -u
    replication() { redis-cli -p "$REDIS_PORT" info replication | tr -d '\r'; }
    [ "$REDIS_CLUSTER" = true ] || [ -n "${SENTINEL_HOST:-}" ] || exit 0
    if replication | grep -qx role:master; then /bin/sh /scripts/switchover.sh; fi
    if [ -n "${SENTINEL_HOST:-}" ]; then
      leader=$(replication | sed -n 's/^master_host://p')
      echo "${leader:-$POD_NAME.$REDIS_DOMAIN}" > "$REDIS_DATA/.leader"
    fi
  reload.sh: |
    #!/bin/sh
    # Gives new lines of the mounted configuration to the running server. What it refuses takes effect with a restart.
    set -u
    applied=/run/redis/applied.conf
    # The first process of a container ignores signals that it does not handle, and sh handles none while it waits for
    # a program that is not in the background.
    trap 'exit 0' TERM
    while true; do
      sleep "${RELOAD_SECONDS:-10}" & wait $!
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
    # Moves the lead to another instance, in good order, and waits until it is gone from here.
    set -eu
    replication() { redis-cli -p "$REDIS_PORT" info replication | tr -d '\r'; }
    if [ "$REDIS_CLUSTER" = true ]; then
      replication | grep -qx role:master || exit 0
      # The replica that has read furthest takes over.
      next=$(replication | sed -n 's/^slave[0-9]*:ip=\([^,]*\),port=[0-9]*,state=online,offset=\([0-9]*\),.*/\2 \1/p' |
        sort -rn | sed -n '1s/.* //p')
      if [ -z "$next" ]; then
        echo "no replica of this shard has caught up" >&2
        exit 1
      fi
      redis-cli -e -h "$next" -p "$REDIS_PORT" CLUSTER FAILOVER
    elif [ -n "${SENTINEL_HOST:-}" ]; then
      sentinel() { timeout 5 redis-cli -e -h "$SENTINEL_HOST" -p "$SENTINEL_PORT" SENTINEL "$@"; }
      sentinel FAILOVER "$SENTINEL_MASTER"
      # Sentinels let the old leader go on for ten seconds; what it were told then would be lost.
      waited=0
      while [ "$waited" -lt 20 ]; do
        leader=$(sentinel get-master-addr-by-name "$SENTINEL_MASTER" | head -n 1)
        case "$leader" in
          "$POD_NAME.$REDIS_DOMAIN") ;;
          "$REDIS_NAME"-*."$REDIS_DOMAIN") redis-cli -e -p "$REDIS_PORT" REPLICAOF "$leader" "$REDIS_PORT"; break ;;
        esac
        sleep 1
        waited=$((waited + 1))
      done
    else
      echo "without the component sentinel the first instance leads for ever" >&2
      exit 1
    fi
    waited=0
    while replication | grep -qx role:master && [ "$waited" -lt 20 ]; do
      sleep 1
      waited=$((waited + 1))
    done
  {{- if .Values.cluster.enabled }}
  cluster.sh: |
    #!/bin/sh
    # Makes the cluster of the first instances, lets later ones join, and tells the others where an instance is now.
    set -u
    trap 'exit 0' TERM
    instances() { getent ahosts "$REDIS_DOMAIN" | sed 's/ .*//' | sort -u; }
    at() { host=$1; shift; timeout 5 redis-cli -h "$host" -p "$REDIS_PORT" "$@" 2> /dev/null | tr -d '\r'; }
    alone() { at "$1" cluster info | grep -qx cluster_known_nodes:1; }
    address() { case "$1" in *:*) echo "[$1]:$REDIS_PORT" ;; *) echo "$1:$REDIS_PORT" ;; esac; }

    # By an instance that knows nobody: the cluster that is there takes it as a replica; where none is, the first
    # instance makes one as soon as all that it begins with answer.
    join() {
      waiting=
      for host in $(instances); do
        if at "$host" cluster info | grep -qx cluster_slots_assigned:16384; then
          redis-cli --cluster add-node "$(address "$POD_IP")" "$(address "$host")" --cluster-slave
          return
        fi
        if alone "$host"; then waiting="$waiting $(address "$host")"; fi
      done
      # shellcheck disable=SC2086 # one word for each instance
      set -- $waiting
      if [ "$POD_NAME" = "$REDIS_NAME-0" ] && [ $# -ge "$CLUSTER_SIZE" ]; then
        redis-cli --cluster create "$@" --cluster-replicas "$CLUSTER_REPLICAS" --cluster-yes
      fi
    }

    # By an instance that is in the cluster: others of it may have new addresses, all at once where all were away.
    meet() {
      nodes=$(at "$POD_IP" cluster nodes)
      for host in $(instances); do
        id=$(at "$host" cluster myid)
        if [ -n "$id" ] && echo "$nodes" | grep "^$id " | grep -qv " $host:"; then
          echo "$id is at $host: $(at "$POD_IP" cluster meet "$host" "$REDIS_PORT")"
        fi
      done
      # Where an instance hears from a third one that its leader has moved, it goes on asking at the old address.
      leader=$(echo "$nodes" | sed -n '/myself,slave/s/^[^ ]* [^ ]* [^ ]* \([0-9a-f]*\) .*/\1/p')
      host=$(at "$POD_IP" info replication | sed -n 's/^master_host://p')
      if [ -n "$leader" ] && [ -n "$host" ] && ! echo "$nodes" | grep -q "^$leader $host:"; then
        echo "following $leader: $(at "$POD_IP" cluster replicate "$leader")"
      fi
    }

    while true; do
      sleep 3 & wait $!
      [ "$(at "$POD_IP" ping)" = PONG ] || continue
      if alone "$POD_IP"; then join; else meet; fi
    done
  {{- end }}
