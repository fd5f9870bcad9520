export interface ServiceRow {
  readonly plugin: string;
  readonly target: string;
  readonly proof: "real" | "emulator" | "double";
  readonly because: string;
  readonly packages: readonly string[];
  readonly unpack: readonly string[];
}

/** How each thing a plugin speaks to is proven, in the order of plugins and files. */
export declare function readManifests(): Promise<ServiceRow[]>;
