// A save that the page began by itself comes back first: else it would collide with the button's.
(() => {
  "use strict";
  const form = document.getElementById("section-form");
  if (!form) return;
  form.addEventListener("submit", (event) => {
    if (!form.classList.contains("htmx-request")) return;
    event.preventDefault();
    const button = event.submitter;
    document.addEventListener(
      "htmx:finally:request",
      // Only afterwards htmx takes its mark from the form.
      () => setTimeout(() => form.requestSubmit(button)),
      { once: true },
    );
  });
})();
