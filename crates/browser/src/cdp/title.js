// Tells when the title of the tab changes: the protocol tells it only for navigations.
if (window === window.top) {
  let told;
  const tell = () => {
    if (document.title === told) return;
    told = document.title;
    globalThis.__proscenium_title(told);
  };
  const watch = () => {
    tell();
    const parts = { subtree: true, childList: true, characterData: true };
    if (document.head) new MutationObserver(tell).observe(document.head, parts);
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", watch, { once: true });
  else watch();
}
