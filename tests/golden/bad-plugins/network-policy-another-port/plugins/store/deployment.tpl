apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Values.name }}
  labels: {{- include "middleware.labels" . | nindent 4 }}
spec:
  replicas: {{ .Values.replicas }}
  selector:
    matchLabels: {{- include "middleware.selectorLabels" . | nindent 6 }}
  template:
    metadata:
      labels: {{- include "middleware.selectorLabels" . | nindent 8 }}
    spec:
      securityContext: {runAsNonRoot: true, runAsUser: 1000}
      containers:
        - name: store
          image: {{ .Values.image }}
          ports:
            - {name: store, containerPort: {{ .Values.port }}}
            - {name: metrics, containerPort: 9100}
          readinessProbe: {tcpSocket: {port: store}}
          resources: {limits: {memory: 256Mi}}
          securityContext: {allowPrivilegeEscalation: false}
