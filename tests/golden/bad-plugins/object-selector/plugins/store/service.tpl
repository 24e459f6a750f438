apiVersion: v1
kind: Service
metadata:
  name: {{ .Values.name }}
spec:
  selector: {app: stores}
  ports: [{name: store, port: {{ .Values.port }}, targetPort: store}]
