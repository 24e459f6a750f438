"""How long it takes to render a StatefulSet and a ConfigMap: our engine, Helm itself, Jinja2, and gotpl.

    python -m bench.templates

122 actions, four helpers, 150 lines of output. Helm parses anew at every call, as its library does; Jinja2 renders the
same text from a template that says the same. Figures are processor time, the best of several rounds.
"""

import importlib
import json
import sys
import time
from collections.abc import Callable
from copy import deepcopy
from typing import Any

from generator.engines.gotemplate.program import compile_text
from generator.engines.gotemplate.unit import loads
from generator.engines.helm import Missing, compile_program
from generator.engines.helm.dialect import dialect
from generator.goyaml import emit

HELPERS = """
{{- define "app.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}
{{- define "app.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" }}
{{- else }}
{{- $name := default .Chart.Name .Values.nameOverride }}
{{- if contains $name .Release.Name }}
{{- .Release.Name | trunc 63 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name $name | trunc 63 | trimSuffix "-" }}
{{- end }}
{{- end }}
{{- end }}
{{- define "app.selectorLabels" -}}
app.kubernetes.io/name: {{ include "app.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}
{{- define "app.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{ include "app.selectorLabels" . }}
{{- if .Chart.AppVersion }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
{{- end }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}
"""

STATEFULSET = """apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: {{ include "app.fullname" . }}
  namespace: {{ .Release.Namespace }}
  labels:
    {{- include "app.labels" . | nindent 4 }}
  {{- with .Values.annotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  serviceName: {{ include "app.fullname" . }}-headless
  replicas: {{ .Values.replicas }}
  podManagementPolicy: {{ .Values.podManagementPolicy | default "Parallel" }}
  selector:
    matchLabels:
      {{- include "app.selectorLabels" . | nindent 6 }}
  template:
    metadata:
      labels:
        {{- include "app.labels" . | nindent 8 }}
        {{- range $key, $value := .Values.podLabels }}
        {{ $key }}: {{ $value | quote }}
        {{- end }}
      annotations:
        checksum/config: {{ toJson .Values.config | sha256sum }}
    spec:
      {{- with .Values.imagePullSecrets }}
      imagePullSecrets:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      serviceAccountName: {{ .Values.serviceAccount.name | default (include "app.fullname" .) }}
      terminationGracePeriodSeconds: {{ int64 .Values.grace }}
      {{- if .Values.securityContext.enabled }}
      securityContext:
        {{- omit .Values.securityContext "enabled" | toYaml | nindent 8 }}
      {{- end }}
      {{- if and .Values.affinity (not .Values.noAffinity) }}
      affinity:
        {{- toYaml .Values.affinity | nindent 8 }}
      {{- end }}
      containers:
        - name: {{ .Chart.Name }}
          image: "{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}"
          imagePullPolicy: {{ .Values.image.pullPolicy }}
          ports:
            {{- range .Values.ports }}
            - name: {{ .name }}
              containerPort: {{ int .port }}
              protocol: {{ .protocol | default "TCP" }}
            {{- end }}
          env:
            {{- range $name, $value := .Values.env }}
            - name: {{ $name | upper | replace "-" "_" }}
              value: {{ $value | quote }}
            {{- end }}
            {{- if .Values.auth.enabled }}
            - name: PASSWORD
              valueFrom:
                secretKeyRef:
                  name: {{ .Values.auth.existingSecret | default (printf "%s-auth" (include "app.fullname" .)) }}
                  key: {{ .Values.auth.key | default "password" | quote }}
            {{- end }}
          {{- with .Values.livenessProbe }}
          livenessProbe:
            {{- if eq .type "tcp" }}
            tcpSocket:
              port: {{ .port }}
            {{- else }}
            httpGet:
              path: {{ .path | quote }}
              port: {{ .port }}
            {{- end }}
            initialDelaySeconds: {{ int .initialDelaySeconds }}
            periodSeconds: {{ int .periodSeconds }}
          {{- end }}
          resources:
            {{- toYaml .Values.resources | nindent 12 }}
          volumeMounts:
            - name: data
              mountPath: {{ .Values.persistence.path | default "/data" }}
            - name: config
              mountPath: /etc/{{ .Chart.Name }}
              readOnly: true
            {{- range .Values.extraMounts }}
            - name: {{ .name }}
              mountPath: {{ .path | quote }}
              {{- if .readOnly }}
              readOnly: true
              {{- end }}
            {{- end }}
      volumes:
        - name: config
          configMap:
            name: {{ include "app.fullname" . }}-config
      {{- if not .Values.persistence.enabled }}
        - name: data
          emptyDir: {}
      {{- end }}
  {{- if .Values.persistence.enabled }}
  volumeClaimTemplates:
    - metadata:
        name: data
        labels:
          {{- include "app.selectorLabels" . | nindent 10 }}
      spec:
        accessModes: [{{ .Values.persistence.accessMode | default "ReadWriteOnce" | quote }}]
        {{- with .Values.persistence.storageClass }}
        storageClassName: {{ ternary "" . (eq . "-") | quote }}
        {{- end }}
        resources:
          requests:
            storage: {{ .Values.persistence.size | quote }}
  {{- end }}
"""

CONFIGMAP = """apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ include "app.fullname" . }}-config
  labels:
    {{- include "app.labels" . | nindent 4 }}
data:
  app.conf: |
    {{- range $section, $entries := .Values.config }}
    [{{ $section }}]
    {{- range $key, $value := $entries }}
    {{- if kindIs "bool" $value }}
    {{ $key }} = {{ ternary "on" "off" $value }}
    {{- else if hasPrefix "max" $key }}
    {{ $key }} = {{ $value }}
    {{- else }}
    {{ $key }} = {{ $value | toString | trim }}
    {{- end }}
    {{- end }}
    {{- end }}
"""

VALUES: dict[str, Any] = {
    "replicas": 3.0,
    "annotations": {"team": "orders", "cost-center": "1234"},
    "podLabels": {"tier": "cache", "zone": "a"},
    "imagePullSecrets": [{"name": "registry"}],
    "serviceAccount": {},
    "grace": 30.0,
    "securityContext": {"enabled": True, "fsGroup": 999.0, "runAsUser": 999.0, "runAsNonRoot": True},
    "affinity": {
        "podAntiAffinity": {
            "preferredDuringSchedulingIgnoredDuringExecution": [
                {
                    "weight": 100.0,
                    "podAffinityTerm": {
                        "topologyKey": "kubernetes.io/hostname",
                        "labelSelector": {"matchLabels": {"app.kubernetes.io/name": "redis"}},
                    },
                }
            ]
        }
    },
    "image": {"repository": "docker.io/library/redis", "tag": "7.4.1", "pullPolicy": "IfNotPresent"},
    "ports": [{"name": "redis", "port": 6379.0}, {"name": "metrics", "port": 9121.0, "protocol": "TCP"}],
    "env": {"log-level": "notice", "maxmemory": "100mb", "appendonly": "yes", "threads": 4.0},
    "auth": {"enabled": True, "existingSecret": "orders-cache-auth"},
    "livenessProbe": {"type": "tcp", "port": "redis", "initialDelaySeconds": 10.0, "periodSeconds": 5.0},
    "resources": {"requests": {"cpu": "100m", "memory": "256Mi"}, "limits": {"memory": "512Mi"}},
    "persistence": {"enabled": True, "size": "20Gi", "storageClass": "standard"},
    "extraMounts": [{"name": "scripts", "path": "/scripts", "readOnly": True}, {"name": "tmp", "path": "/tmp"}],
    "config": {
        "server": {"maxmemory": "100mb", "maxmemory-policy": "allkeys-lru", "appendonly": True, "timeout": 0.0},
        "client": {"maxclients": 10000.0, "tcp-keepalive": 300.0, "protected": False, "save": "900 1"},
    },
}
METADATA = {"apiVersion": "v2", "name": "redis", "version": "1.0.0", "appVersion": "7.4.1"}
FILES = {"_helpers.tpl": HELPERS, "statefulset.yaml": STATEFULSET, "configmap.yaml": CONFIGMAP}

JINJA = r"""
{%- macro fullname() -%}{{ (release.Name ~ "-" ~ (values.nameOverride or chart.Name))[:63] }}{%- endmacro -%}
{%- macro selector() -%}
app.kubernetes.io/name: {{ (values.nameOverride or chart.Name)[:63] }}
app.kubernetes.io/instance: {{ release.Name }}
{%- endmacro -%}
{%- macro labels() -%}
helm.sh/chart: {{ (chart.Name ~ "-" ~ chart.Version) | replace("+", "_") }}
{{ selector() }}
app.kubernetes.io/version: {{ chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ release.Service }}
{%- endmacro -%}
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: {{ fullname() }}
  namespace: {{ release.Namespace }}
  labels: {{ labels() | nindent(4) }}
  {%- if values.annotations %}
  annotations: {{ values.annotations | yaml | nindent(4) }}
  {%- endif %}
spec:
  serviceName: {{ fullname() }}-headless
  replicas: {{ values.replicas | int }}
  podManagementPolicy: {{ values.podManagementPolicy | default("Parallel") }}
  selector:
    matchLabels: {{ selector() | nindent(6) }}
  template:
    metadata:
      labels: {{ labels() | nindent(8) }}
        {%- for key, value in values.podLabels | dictsort %}
        {{ key }}: {{ value | quote }}
        {%- endfor %}
      annotations:
        checksum/config: {{ values.config | sha }}
    spec:
      {%- if values.imagePullSecrets %}
      imagePullSecrets: {{ values.imagePullSecrets | yaml | nindent(8) }}
      {%- endif %}
      serviceAccountName: {{ values.serviceAccount.name or fullname() }}
      terminationGracePeriodSeconds: {{ values.grace | int }}
      {%- if values.securityContext.enabled %}
      securityContext: {{ values.securityContext | omit("enabled") | yaml | nindent(8) }}
      {%- endif %}
      {%- if values.affinity and not values.noAffinity %}
      affinity: {{ values.affinity | yaml | nindent(8) }}
      {%- endif %}
      containers:
        - name: {{ chart.Name }}
          image: "{{ values.image.repository }}:{{ values.image.tag or chart.AppVersion }}"
          imagePullPolicy: {{ values.image.pullPolicy }}
          ports:
            {%- for port in values.ports %}
            - name: {{ port.name }}
              containerPort: {{ port.port | int }}
              protocol: {{ port.protocol | default("TCP") }}
            {%- endfor %}
          env:
            {%- for name, value in values.env | dictsort %}
            - name: {{ name | upper | replace("-", "_") }}
              value: {{ value | quote }}
            {%- endfor %}
            {%- if values.auth.enabled %}
            - name: PASSWORD
              valueFrom:
                secretKeyRef:
                  name: {{ values.auth.existingSecret or fullname() ~ "-auth" }}
                  key: {{ values.auth.key | default("password") | quote }}
            {%- endif %}
          {%- if values.livenessProbe %}
          livenessProbe:
            {%- if values.livenessProbe.type == "tcp" %}
            tcpSocket:
              port: {{ values.livenessProbe.port }}
            {%- else %}
            httpGet:
              path: {{ values.livenessProbe.path | quote }}
              port: {{ values.livenessProbe.port }}
            {%- endif %}
            initialDelaySeconds: {{ values.livenessProbe.initialDelaySeconds | int }}
            periodSeconds: {{ values.livenessProbe.periodSeconds | int }}
          {%- endif %}
          resources: {{ values.resources | yaml | nindent(12) }}
          volumeMounts:
            - name: data
              mountPath: {{ values.persistence.path | default("/data") }}
            - name: config
              mountPath: /etc/{{ chart.Name }}
              readOnly: true
            {%- for mount in values.extraMounts %}
            - name: {{ mount.name }}
              mountPath: {{ mount.path | quote }}
              {%- if mount.readOnly %}
              readOnly: true
              {%- endif %}
            {%- endfor %}
      volumes:
        - name: config
          configMap:
            name: {{ fullname() }}-config
      {%- if not values.persistence.enabled %}
        - name: data
          emptyDir: {}
      {%- endif %}
  {%- if values.persistence.enabled %}
  volumeClaimTemplates:
    - metadata:
        name: data
        labels: {{ selector() | nindent(10) }}
      spec:
        accessModes: [{{ values.persistence.accessMode | default("ReadWriteOnce") | quote }}]
        {%- if values.persistence.storageClass %}
        {%- set class = values.persistence.storageClass %}
        storageClassName: {{ ("" if class == "-" else class) | quote }}
        {%- endif %}
        resources:
          requests:
            storage: {{ values.persistence.size | quote }}
  {%- endif %}
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ fullname() }}-config
  labels: {{ labels() | nindent(4) }}
data:
  app.conf: |
    {%- for section, entries in values.config | dictsort %}
    [{{ section }}]
    {%- for key, value in entries | dictsort %}
    {%- if value is boolean %}
    {{ key }} = {{ "on" if value else "off" }}
    {%- elif key.startswith("max") %}
    {{ key }} = {{ value | num }}
    {%- else %}
    {{ key }} = {{ value | num | trim }}
    {%- endif %}
    {%- endfor %}
    {%- endfor %}
"""


def best(work: Callable[[], object], *, rounds: int = 7, times: int = 100) -> float:
    """Seconds of processor time for one call, of the fastest round."""
    fastest = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        for _ in range(times):
            work()
        fastest = min(fastest, (time.process_time() - start) / times)
    return fastest


def helm_renders() -> Callable[[], dict[str, str]]:
    """Helm's own library, with the chart loaded once."""
    import io
    import tarfile

    import helm_python

    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w:gz") as tar:
        for name, text in {
            "Chart.yaml": json.dumps(METADATA),
            **{f"templates/{n}": t for n, t in FILES.items()},
        }.items():
            info = tarfile.TarInfo(f"redis/{name}")
            info.size = len(text)
            tar.addfile(info, io.BytesIO(text.encode()))
    chart = helm_python.Chart.load_archive(data.getvalue())
    return lambda: chart.render(VALUES, name="orders-cache", namespace="middleware")


def jinja_renders() -> Callable[[], str]:
    """Jinja2, its filters as plain as they can be."""
    import hashlib

    import jinja2

    environment = jinja2.Environment(autoescape=False)
    environment.filters.update(
        nindent=lambda text, count: "\n" + "\n".join(" " * count + line for line in text.split("\n")),
        quote=lambda value: json.dumps(str(value)),
        yaml=lambda value: emit.marshal(value).removesuffix("\n"),
        sha=lambda value: hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest(),
        omit=lambda value, name: {key: one for key, one in value.items() if key != name},
        num=lambda value: str(int(value)) if isinstance(value, float) else str(value),
    )
    template = environment.from_string(JINJA)
    release = {"Name": "orders-cache", "Namespace": "middleware", "Service": "Helm"}
    chart = {"Name": "redis", "Version": "1.0.0", "AppVersion": "7.4.1"}
    return lambda: template.render(values=VALUES, release=release, chart=chart)


def gotpl_renders(files: dict[str, str], names: list[str]) -> Callable[[], dict[str, str]] | None:
    """gotpl, an engine in pure Python, where it is installed: `pip install 'gotpl[helm]==0.1.0'`."""
    try:
        engine = importlib.import_module("gotpl.exts.helm.runtime").HelmTemplateEngine.from_sources(files)
    except ImportError:
        return None
    root = {
        "Values": VALUES,
        "Release": {"Name": "orders-cache", "Namespace": "middleware", "Service": "Helm"},
        "Chart": {"Name": METADATA["name"], "Version": METADATA["version"], "AppVersion": METADATA["appVersion"]},
    }
    return lambda: dict(engine.render(dict.fromkeys(names, root)))


def context() -> dict[str, Any]:
    """The root value of our templates."""
    from generator.engines.helm import capabilities, chart_metadata, release

    return {
        "Values": VALUES,
        "Release": release("orders-cache", "middleware"),
        "Chart": chart_metadata(METADATA),
        "Capabilities": capabilities(),
    }


def main() -> None:
    files = {f"redis/templates/{name}": text for name, text in FILES.items()}
    print(f"CPython {sys.version.split()[0]}")
    ours: dict[str, str] = {}
    for missing in (Missing.GUARDED, Missing.ZERO):
        program = compile_program(files, missing=missing)
        root = context()
        ours = {name: program.render(name, root) for name in program.files}
        lines = sum(text.count("\n") for text in ours.values())
        spent = best(lambda: [program.render(name, root) for name in program.files])  # noqa: B023 - called at once
        print(f"ours, {missing:8}  {spent * 1e6:8.0f} µs for {len(ours)} files of {lines} lines")
        assert not program.mutates
    helm = helm_renders()
    assert helm() == ours, "Helm renders something else"
    print(f"Helm               {best(helm, rounds=5, times=30) * 1e6:8.0f} µs")
    jinja = jinja_renders()
    wanted = ours["redis/templates/statefulset.yaml"] + "---\n" + ours["redis/templates/configmap.yaml"]
    got, want = ([line.rstrip() for line in text.split("\n") if line.strip()] for text in (jinja(), wanted))
    differing = sum(one != other for one, other in zip(got, want, strict=False)) + abs(len(got) - len(want))
    print(f"Jinja2             {best(jinja) * 1e6:8.0f} µs ({differing} lines differ)")
    if gotpl := gotpl_renders(files, list(ours)):
        pairs = [(gotpl()[name].split("\n"), text.split("\n")) for name, text in ours.items()]
        differing = sum(sum(map(str.__ne__, *pair)) + abs(len(pair[0]) - len(pair[1])) for pair in pairs)
        print(f"gotpl              {best(gotpl, rounds=5, times=20) * 1e6:8.0f} µs ({differing} lines differ)")
    print(f"a deep copy of the values: {best(lambda: deepcopy(VALUES)) * 1e6:.0f} µs")
    units = [compile_text(text, name, dialect()) for name, text in files.items()]
    spent = best(lambda: [compile_text(text, name, dialect()) for name, text in files.items()], rounds=3, times=3)
    dumped = [unit.dumps() for unit in units]
    size = sum(map(len, dumped))
    loaded = best(lambda: [loads(data, unit.text) for data, unit in zip(dumped, units, strict=True)])
    linked = best(lambda: compile_program(files))
    print(f"compile            {spent * 1e3:8.1f} ms")
    print(f"dumped             {size / 1024:8.0f} KB, loaded in {loaded * 1e6:.0f} µs, linked in {linked * 1e6:.0f} µs")


if __name__ == "__main__":
    main()
