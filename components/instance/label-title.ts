import { humanName } from "@/components/names";

/** What the kernel's own words mean to a person. */
const WORDS: Readonly<Record<string, string>> = { comm: "Process", fstype: "File system" };

/** A label's name as a column's: "compose_project" becomes "Compose project". */
export const labelTitle = (label: string): string => WORDS[label] ?? humanName(label, "");
