"use strict";
const rows = [...document.querySelectorAll("details.contract")];
const [form, text, face, shown, nothing] = ["filter", "text", "face", "shown", "nothing"].map((id) => document.getElementById(id));
const buttons = [...form.querySelectorAll("button")];

function show() {
  const words = text.value.toLowerCase().split(/\s+/).filter(Boolean);
  const wanted = buttons.filter((each) => each.ariaPressed === "true").map((each) => each.dataset.verdict);
  let count = 0;
  for (const row of rows) {
    const verdicts = row.dataset.verdicts.split(",");
    row.hidden = !(
      words.every((word) => row.dataset.words.includes(word)) &&
      (!wanted.length || wanted.some((each) => verdicts.includes(each))) &&
      (!face.value || row.dataset.face === face.value)
    );
    count += !row.hidden;
  }
  shown.textContent = `${count} of ${rows.length}`;
  nothing.hidden = count > 0;
}

for (const button of buttons) {
  button.addEventListener("click", () => {
    button.ariaPressed = button.ariaPressed !== "true";
    show();
  });
}
text.addEventListener("input", show);
face.addEventListener("change", show);
form.addEventListener("submit", (event) => event.preventDefault());
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && event.target !== text) {
    event.preventDefault();
    text.focus();
  }
});
form.hidden = false;
show();
