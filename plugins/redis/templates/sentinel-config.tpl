apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Values.name }}-config
  namespace: {{ .Values.namespace }}
  labels:
    {{- include "redis.labels" . | nindent 4 }}
data:
  sentinel.conf: |
    port {{ .Values.sentinel.port }}
    protected-mode {{ ternary "yes" "no" .Values.auth.enabled }}
    sentinel down-after-milliseconds {{ .Values.sentinel.masterName }} {{ int .Values.sentinel.downAfterMilliseconds }}
    sentinel failover-timeout {{ .Values.sentinel.masterName }} {{ int .Values.sentinel.failoverTimeoutMilliseconds }}
    sentinel parallel-syncs {{ .Values.sentinel.masterName }} {{ .Values.sentinel.parallelSyncs }}
  start.sh: |
    #!/bin/sh
    # Finds the leader, writes a configuration that the sentinel may rewrite, then becomes the sentinel.
    set -eu
    umask 077
    conf=/run/sentinel/sentinel.conf

    # Who leads: the other sentinels know; else the instance that says so; else the first instance.
    leader() {
      known=$(timeout 5 redis-cli -h "$SENTINEL_HOST" -p "$SENTINEL_PORT" \
        SENTINEL get-master-addr-by-name "$SENTINEL_MASTER" 2>/dev/null | head -n 1) || known=
      case "$known" in
        "$REDIS_NAME"-*."$REDIS_DOMAIN") echo "$known"; return ;;
      esac
      for ordinal in 0 1 2 3 4 5 6 7 8; do
        host="$REDIS_NAME-$ordinal.$REDIS_DOMAIN"
        getent hosts "$host" > /dev/null || continue
        if timeout 5 redis-cli -h "$host" -p "$REDIS_PORT" info replication | tr -d '\r' | grep -qx role:master; then
          echo "$host"
          return
        fi
      done
      echo "$REDIS_NAME-0.$REDIS_DOMAIN"
    }

    leader=$(leader)
    # A sentinel does not start with a name that it cannot resolve.
    until getent hosts "$leader" > /dev/null; do sleep 1; done
    {
      echo "dir /run/sentinel"
      echo "sentinel resolve-hostnames yes"
      echo "sentinel announce-hostnames yes"
      echo "sentinel announce-ip $POD_NAME.$SENTINEL_DOMAIN"
      echo "sentinel announce-port $SENTINEL_PORT"
      echo "sentinel monitor $SENTINEL_MASTER $leader $REDIS_PORT $SENTINEL_QUORUM"
      if [ -n "${REDISCLI_AUTH:-}" ]; then
        quoted=$(printf '%s' "$REDISCLI_AUTH" | sed 's/["\\]/\\&/g')
        printf 'requirepass "%s"\nsentinel sentinel-pass "%s"\n' "$quoted" "$quoted"
        printf 'sentinel auth-pass %s "%s"\n' "$SENTINEL_MASTER" "$quoted"
      fi
      cat /etc/sentinel/sentinel.conf
    } > "$conf"
    exec redis-server "$conf" --sentinel
