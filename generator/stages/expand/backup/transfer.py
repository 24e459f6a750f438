"""The providers: what uploads, lists, fetches and deletes, in which image, and what it reads from its environment.

`$MW_BUCKET` and `$MW_PATH` are where backups go; each one is a folder below, called by its date. Its checksums are
uploaded last: a folder without them is no whole backup.
"""

from dataclasses import dataclass, field

SUMS = "SHA256SUMS"


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """One kind of storage."""

    image: str
    """Of a program that it needs, with a shell; a plugin may name another."""

    functions: str
    """`put FOLDER PATH`, `get PATH FOLDER`, `list PATH` (names of folders), `has PATH` (a file), `remove PATH`."""

    env: dict[str, str] = field(default_factory=dict)
    """What it needs to run without a home and on a read-only file system."""


_S3 = f"""\
put() {{
  aws s3 cp --only-show-errors --recursive --exclude {SUMS} "$1/" "s3://$MW_BUCKET/$2/"
  aws s3 cp --only-show-errors "$1/{SUMS}" "s3://$MW_BUCKET/$2/{SUMS}"
}}
get() {{ aws s3 cp --only-show-errors --recursive "s3://$MW_BUCKET/$1/" "$2/"; }}
list() {{ aws s3 ls "s3://$MW_BUCKET/$1/" | sed -n 's|^ *PRE \\(.*\\)/$|\\1|p'; }}
has() {{ aws s3 ls "s3://$MW_BUCKET/$1" >/dev/null; }}
remove() {{ aws s3 rm --only-show-errors --recursive "s3://$MW_BUCKET/$1/"; }}
"""

_GCS = f"""\
put() {{
  gcloud storage rsync --quiet --recursive --exclude '^{SUMS}$' "$1" "gs://$MW_BUCKET/$2"
  gcloud storage cp --quiet "$1/{SUMS}" "gs://$MW_BUCKET/$2/{SUMS}"
}}
get() {{ gcloud storage rsync --quiet --recursive "gs://$MW_BUCKET/$1" "$2"; }}
list() {{ gcloud storage ls "gs://$MW_BUCKET/$1/" | sed -n -e 's|/$||' -e 's|^.*/||p'; }}
has() {{ gcloud storage ls "gs://$MW_BUCKET/$1" >/dev/null 2>&1; }}
remove() {{ gcloud storage rm --quiet --recursive "gs://$MW_BUCKET/$1/"; }}
"""

_AZURE = f"""\
put() {{
  mv "$1/{SUMS}" "$1.{SUMS}"
  az storage blob upload-batch --only-show-errors --output none --overwrite \\
    --source "$1" --destination "$MW_BUCKET" --destination-path "$2"
  mv "$1.{SUMS}" "$1/{SUMS}"
  az storage blob upload --only-show-errors --output none --overwrite \\
    --file "$1/{SUMS}" --container-name "$MW_BUCKET" --name "$2/{SUMS}"
}}
get() {{
  az storage blob download-batch --only-show-errors --output none \\
    --source "$MW_BUCKET" --destination "$2" --pattern "$1/*"
  # It keeps the whole path below the folder.
  mv "$2/$1"/* "$2/"
}}
list() {{
  az storage blob list --only-show-errors --container-name "$MW_BUCKET" --prefix "$1/" --delimiter / \\
    --query '[].name' --output tsv | sed -n -e 's|/$||' -e 's|^.*/||p'
}}
has() {{
  az storage blob show --only-show-errors --output none --container-name "$MW_BUCKET" --name "$1" 2>/dev/null
}}
remove() {{
  az storage blob delete-batch --only-show-errors --output none --source "$MW_BUCKET" --pattern "$1/*"
}}
"""

PROVIDERS: dict[str, Provider] = {
    "s3": Provider(image="docker.io/amazon/aws-cli:2.17.0", functions=_S3),
    "minio": Provider(image="docker.io/amazon/aws-cli:2.17.0", functions=_S3),
    "gcs": Provider(
        image="docker.io/google/cloud-sdk:480.0.0-slim", functions=_GCS, env={"CLOUDSDK_CONFIG": "/state/gcloud"}
    ),
    "azure": Provider(
        image="mcr.microsoft.com/azure-cli:2.61.0", functions=_AZURE, env={"AZURE_CONFIG_DIR": "/state/azure"}
    ),
}
