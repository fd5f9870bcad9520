import { humanName } from "@/components/names";

/** A label's name as a column's: "compose_project" becomes "Compose project". */
export const labelTitle = (label: string): string => humanName(label, "");
