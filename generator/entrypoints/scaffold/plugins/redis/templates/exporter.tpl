apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Values.name }}
  labels:
    {{- include "middleware.labels" . | nindent 4 }}
spec:
  replicas: 1
  selector:
    matchLabels:
      {{- include "middleware.selectorLabels" . | nindent 6 }}
  template:
    metadata:
      labels:
        {{- include "middleware.labels" . | nindent 8 }}
        app.kubernetes.io/component: {{ .Values.component }}
    spec:
      securityContext:
        runAsNonRoot: true
        runAsUser: 59000
      containers:
      - name: exporter
        image: {{ .Values.exporterImage }}
        env:
        - name: REDIS_ADDR
          value: redis://{{ .Components.server.name }}:{{ .Values.port }}
        ports:
        - name: metrics
          containerPort: 9121
