import type { Me } from "@/components/data/outputs";
import { PLACES } from "./places";

interface KeyGroup {
  readonly name: string;
  /** Who lacks this has no such keys. */
  readonly needs?: Me["permissions"][number];
  readonly keys: readonly { readonly keys: readonly string[]; readonly does: string }[];
}

/** All keys, for the sheet. */
export const KEY_GROUPS: readonly KeyGroup[] = [
  { name: "Go to", keys: PLACES.map(({ key, name }) => ({ keys: ["g", key], does: name })) },
  {
    name: "Anywhere",
    keys: [
      { keys: ["Ctrl", "K"], does: "Search, commands" },
      { keys: ["/"], does: "Search" },
      { keys: ["j"], does: "Next row" },
      { keys: ["k"], does: "Previous row" },
      { keys: ["Enter"], does: "Open the row" },
      { keys: ["?"], does: "This list" },
    ],
  },
  {
    name: "On an alert",
    needs: "respond",
    keys: [
      { keys: ["a"], does: "Acknowledge, or take it back" },
      { keys: ["s"], does: "Snooze" },
    ],
  },
  {
    name: "Time, on an instance",
    keys: [
      { keys: ["["], does: "Back by one window" },
      { keys: ["]"], does: "Forward by one window" },
      { keys: ["t"], does: "Live, or hold still" },
      { keys: ["z"], does: "Zoom out" },
    ],
  },
];
