/** @returns the file, of PATH or where Debian installs servers; undefined when there is none */
export function findProgram(...names: readonly string[]): string | undefined;
