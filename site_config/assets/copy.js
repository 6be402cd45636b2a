// A button beside each text that is there to be copied.  Without this script the text is selected
// by hand: one click or tap selects all of it.

for (const text of navigator.clipboard ? document.querySelectorAll("[data-copy]") : []) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "td-copy td-noprint";
  button.textContent = text.dataset.copy;
  const status = document.createElement("span");
  status.setAttribute("role", "status");
  status.className = "td-copy__done td-noprint";
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text.textContent.trim());
      status.textContent = text.dataset.copied;
    } catch {
      getSelection().selectAllChildren(text);
    }
  });
  text.after(button, " ", status);
}
