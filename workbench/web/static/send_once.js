// The button's save meets none that the page began by itself: those under way come back first, and
// none begins while the answer to the button is awaited. Two at once would collide.
(() => {
  "use strict";
  const form = document.getElementById("section-form");
  if (!form) return;
  let leaving = false;
  form.addEventListener("submit", (event) => {
    if (!form.classList.contains("htmx-request")) {
      leaving = true;
      return;
    }
    event.preventDefault();
    const button = event.submitter;
    document.addEventListener(
      "htmx:finally:request",
      // Only afterwards htmx takes its mark from the form.
      () => setTimeout(() => form.requestSubmit(button)),
      { once: true },
    );
  });
  form.addEventListener("htmx:before:request", (event) => {
    if (leaving) event.preventDefault();
  });
  // Back on this page, as it was left.
  window.addEventListener("pageshow", () => {
    leaving = false;
  });
})();
