export interface Package {
  readonly name: string;
  readonly version: string;
  /** As SPDX writes it. */
  readonly licence: string;
  /** Where it is installed, from the repository. */
  readonly folder: string;
}
/** Every package that the built Unity is made from, by name. */
export function listPackages(): Promise<Package[]>;
