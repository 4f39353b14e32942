#!/bin/sh
# Render Word documents to pictures, page by page, to look at them.
#   docs/render.sh FOLDER FILE.docx…      (needs LibreOffice and pdftoppm)
set -eu
folder=$1
shift
mkdir -p "$folder"
settings=$(mktemp -d)
trap 'rm -rf "$settings"' EXIT
soffice -env:UserInstallation="file://$settings" --headless --convert-to pdf --outdir "$folder" "$@" >/dev/null
for file in "$@"; do
  name=$(basename "${file%.*}")
  pdftoppm -r 60 -png "$folder/$name.pdf" "$folder/$name"
done
ls "$folder"/*.png
