// Parts of a page that change by themselves: <… data-live="address"> takes the HTML that the address sends as events.
for (const part of document.querySelectorAll("[data-live]")) follow(part);

function follow(part) {
  const events = new EventSource(part.dataset.live);
  events.addEventListener("board", (event) => {
    part.innerHTML = event.data;
    part.classList.remove("stale");
  });
  // The browser tries again by itself; what is shown meanwhile is old.
  events.addEventListener("error", () => part.classList.add("stale"));
  addEventListener("pagehide", () => events.close());
}
