#!/bin/sh
# Render Word documents to pictures, page by page and on a contact sheet each, to look at them.
#   docs/render.sh FOLDER STUDY.qualcode   every document of a project, in both languages
#   docs/render.sh FOLDER FILE.docx…       these files
# (needs LibreOffice and pdftoppm; the sheets are made by the Pillow that comes with matplotlib)
set -eu
folder=$1
shift
mkdir -p "$folder"
case $1 in
  *.qualcode)
    study=$1
    shift
    for kind in themes chapter codebook respondents matrices agreement differences differences-form ranking checklist \
      checklist-cases checklist-form article board everything; do
      for language in nl en; do
        file=$folder/$kind-$language.docx
        qualcode export "$kind" "$study" -o "$file" --language "$language" --afresh && set -- "$@" "$file"
      done
    done
    ;;
esac
settings=$(mktemp -d)
trap 'rm -rf "$settings"' EXIT
soffice -env:UserInstallation="file://$settings" --headless --convert-to pdf --outdir "$folder" "$@" >/dev/null
for file in "$@"; do
  name=$(basename "${file%.*}")
  rm -f "$folder/$name"-page-*.png
  pdftoppm -r 60 -png "$folder/$name.pdf" "$folder/$name-page"
  python "$(dirname "$0")/contact_sheet.py" "$folder/$name-sheet.png" "$folder/$name"-page-*.png
done
