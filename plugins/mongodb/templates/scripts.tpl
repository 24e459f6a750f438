{{- $members := list -}}
{{- range $ordinal := until (int .Values.replicas) -}}
{{- $members = append $members (printf "{_id: %d, host: '%s-%d.%s:%d'}" $ordinal $.Values.name $ordinal (include "mongodb.domain" $) (int $.Values.port)) -}}
{{- end -}}
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Values.name }}-scripts
  namespace: {{ .Values.namespace }}
  labels:
    {{- include "mongodb.labels" . | nindent 4 }}
data:
  start.sh: |
    #!/bin/bash
    # mongod reads a key only from a file that nobody else can read; a Secret's files can be read by the group.
    set -eu
    mkdir -p {{ .Values.dataPath }}/db
    {{- if .Values.auth.enabled }}
    install -m 0400 /secrets/keyfile /tmp/keyfile
    {{- end }}
    exec docker-entrypoint.sh mongod --config /etc/mongod/mongod.conf
  initiate.sh: |
    #!/bin/bash
    # Makes the replica set of its members, once; what is one already stays as it is.
    set -eu
    member="{{ .Values.name }}-0.{{ include "mongodb.domain" . }}:{{ .Values.port }}"
    shell=(mongosh --quiet --host "$member")
    {{- if .Values.auth.enabled }}
    shell+=(--username "$MONGO_INITDB_ROOT_USERNAME" --password "$MONGO_INITDB_ROOT_PASSWORD" --authenticationDatabase admin)
    {{- end }}
    until "${shell[@]}" --eval 'db.adminCommand({ping: 1}).ok' >/dev/null; do sleep 2; done
    "${shell[@]}" --eval "
      try { print('member of ' + rs.status().set); }
      catch (error) {
        if (error.codeName !== 'NotYetInitialized') throw error;
        rs.initiate({_id: '{{ .Values.replicaSet }}', members: [{{ join ", " $members }}]});
      }"
