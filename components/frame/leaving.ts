/** What wants to be asked before the frame's keys and its search go elsewhere: forms with unsaved changes. */
const asking = new Set<(go: () => void) => void>();

/** @param ask is told how to go on, once the viewer has said so @returns ends it */
export function askBeforeLeaving(ask: (go: () => void) => void): () => void {
  asking.add(ask);
  return () => void asking.delete(ask);
}

/** Goes, unless somebody wants to be asked first. */
export function leave(go: () => void): void {
  const [ask] = asking;
  if (ask) ask(go);
  else go();
}
