// Hides a question while the answer it depends on does not ask for it. The server decides again.
(() => {
  "use strict";
  const form = document.getElementById("section-form");
  if (!form) return;
  const chosen = (name) =>
    [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)]
      .filter((input) => (input.type === "radio" || input.type === "checkbox" ? input.checked : input.value))
      .map((input) => input.value);
  const update = () => {
    for (const block of form.querySelectorAll("[data-ask-if]")) {
      const wanted = JSON.parse(block.dataset.askIf);
      block.hidden = !chosen(wanted.question).some((value) => wanted.values.includes(value));
    }
  };
  form.addEventListener("change", update);
  update();
})();
