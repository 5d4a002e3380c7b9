# shellcheck shell=bash
# Sourced by ./test: reads the .trx files that `dotnet test` writes.

# Sets passed, failed and skipped to the sums over the given files. A project without tests writes no file.
count_results() {
  local file line good bad name
  passed=0 failed=0 skipped=0
  for file in "$@"; do
    [[ -e $file ]] || continue
    line="$(grep -m 1 '<Counters ' "$file" || true)"
    good="$(counter "$line" passed)" bad=0
    for name in failed error timeout aborted; do
      bad=$((bad + $(counter "$line" "$name")))
    done
    passed=$((passed + good)) failed=$((failed + bad))
    skipped=$((skipped + $(counter "$line" total) - good - bad)) # the file's own notExecuted stays 0
  done
}

# $1 line with the attributes, $2 name of one; prints its number, 0 when it is not there.
counter() {
  local value="${1##* "$2"=\"}"
  [[ $value != "$1" ]] || value=0
  printf '%d' "${value%%\"*}"
}

# Prints the name of every skipped test and the reason it gave.
list_skipped() {
  local file
  for file in "$@"; do
    [[ -e $file ]] || continue
    awk '
      function plain(text) {
        gsub(/&lt;/, "<", text); gsub(/&gt;/, ">", text); gsub(/&quot;/, "\"", text); gsub(/&#xD;|&#xA;/, " ", text)
        gsub(/&apos;|&#39;/, "\047", text); gsub(/&amp;/, "\\&", text)
        return text
      }
      function attribute(name) {
        if (!match($0, " " name "=\"[^\"]*\"")) return ""
        return substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4)
      }
      /<UnitTestResult / {
        open = attribute("outcome") == "NotExecuted"; reason = ""; name = attribute("testName")
        if (open && /\/>/) { print "skipped: " plain(name); open = 0 }
      }
      open && /<Message>/ { reason = $0; sub(/^.*<Message>/, "", reason); sub(/<\/Message>.*$/, "", reason) }
      open && /<\/UnitTestResult>/ { print "skipped: " plain(name) (reason == "" ? "" : " (" plain(reason) ")"); open = 0 }
    ' "$file"
  done
}
