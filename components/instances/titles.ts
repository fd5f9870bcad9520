interface Named {
  readonly name: string;
  readonly host: string;
  readonly pluginName: string;
  readonly target: string;
}

/**
 * What a list calls an instance, and what stands under it. One that is named like its host (this machine's own are) would
 * say the same word twice; its plugin says more.
 */
export function titleOf({ name, host, pluginName, target }: Named): { title: string; about: string } {
  if (name === host) return { title: pluginName, about: host };
  const where = target === "" || target === name || target === host ? host : `${host} · ${target}`;
  return { title: name, about: name === pluginName ? where : `${pluginName} · ${where}` };
}
