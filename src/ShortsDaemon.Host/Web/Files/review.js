// The keys of the review, and the end of the time in which an approval may be taken back.
const keys = {
  a: () => press("approve"),
  r: () => focus("reject", "reason"),
  e: () => focus("edit", "title"),
  j: () => follow("next"),
  k: () => follow("prev"),
  u: () => press("undo"),
};

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || !(event.key in keys)) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  event.preventDefault();
  keys[event.key]();
});

// The first key leads to the reason, which may stay empty; Enter sends it.
function focus(deed, field) {
  document.querySelector(`[data-deed=${deed}] [name=${field}]`)?.focus();
}

function press(deed) {
  document.querySelector(`[data-deed=${deed}] button`)?.click();
}

function follow(rel) {
  document.querySelector(`a[rel=${rel}]`)?.click();
}

for (const notice of document.querySelectorAll(".undo[data-seconds]"))
  setTimeout(() => notice.remove(), notice.dataset.seconds * 1000);
