apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: {{ .Values.name }}
  labels:
    {{- include "middleware.labels" . | nindent 4 }}
spec:
  serviceName: {{ .Values.name }}
  replicas: {{ .Values.replicas }}
  selector:
    matchLabels:
      {{- include "middleware.selectorLabels" . | nindent 6 }}
  template:
    metadata:
      labels:
        {{- include "middleware.labels" . | nindent 8 }}
        app.kubernetes.io/component: {{ .Values.component }}
    spec:
      automountServiceAccountToken: false
      terminationGracePeriodSeconds: 60
      securityContext:
        runAsNonRoot: true
        runAsUser: 1000
        fsGroup: 1000
        seccompProfile: {type: RuntimeDefault}
      containers:
        - name: server
          image: {{ .Values.image }}
          # How the program is told of its configuration file.
          args: [/etc/@name@/@name@.conf]
          ports:
            - name: client
              containerPort: {{ .Values.network.port }}
          # It may take its time to start; after that it is asked whether it answers.
          startupProbe:
            tcpSocket: {port: client}
            periodSeconds: 5
            failureThreshold: 60
          readinessProbe:
            tcpSocket: {port: client}
            periodSeconds: 5
          livenessProbe:
            tcpSocket: {port: client}
            periodSeconds: 20
            failureThreshold: 3
          resources:
            {{- toYaml .Values.resources | nindent 12 }}
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities: {drop: [ALL]}
          volumeMounts:
            - {name: data, mountPath: /data}
            - {name: config, mountPath: /etc/@name@}
            - {name: tmp, mountPath: /tmp}
      volumes:
        - name: config
          configMap:
            name: {{ .Values.name }}-config
        - name: tmp
          emptyDir: {}
  volumeClaimTemplates:
    - metadata:
        name: data
      spec:
        accessModes: [ReadWriteOnce]
        {{- with .Values.storageClass }}
        storageClassName: {{ . }}
        {{- end }}
        resources:
          requests:
            storage: {{ .Values.storage.size }}
