/** Where the choice is kept: "dark", "light" or nothing, which follows the system. */
export const THEME_KEY = "unity-theme";

/**
 * Runs before the first paint, so that no page flashes in the wrong theme. `theme` on <html> says what was chosen, the class
 * what is seen. Storage may be forbidden; then the system decides.
 */
export const THEME_SCRIPT = `(() => {
  let choice = null;
  try { choice = localStorage.getItem("${THEME_KEY}"); } catch {}
  if (choice !== "dark" && choice !== "light") choice = "auto";
  const root = document.documentElement;
  root.dataset.theme = choice;
  root.classList.toggle("dark", choice === "dark" || (choice === "auto" && matchMedia("(prefers-color-scheme: dark)").matches));
})()`;
