// The buttons that copy a text. Without this file they stay hidden, and the text can be selected.
for (const button of document.querySelectorAll("[data-copies]")) {
  const text = document.getElementById(button.dataset.copies);
  const said = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text.textContent);
      button.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(text); // no clipboard where the page did not come over HTTPS or loopback
      button.textContent = "Selected";
    }
    setTimeout(() => { button.textContent = said; }, 2000);
  });
}
