// Runs before the first paint so that a stored theme never flashes the other one.
(() => {
  let choice = "system";
  try {
    choice = localStorage.getItem("proscenium.theme") || "system";
  } catch {
    // Storage may be refused; the system's choice is a good answer then.
  }
  const dark = choice === "dark" || (choice === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.theme = dark ? "dark" : "light";
})();
