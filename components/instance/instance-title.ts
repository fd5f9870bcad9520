/** What a page about an instance is called. One that only has its host's name says what it watches there: "Disk · nas". */
export const titleOf = ({ name, host, pluginName }: { name: string; host: string; pluginName: string }): string =>
  name === host ? `${pluginName} · ${name}` : name;
