/** Names as people sort them: "disk 2" before "disk 10". One collator for all: `localeCompare` makes one at every comparison. */
export const compareText = new Intl.Collator("en", { numeric: true }).compare;
