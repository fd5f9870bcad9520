import { z } from "zod";
import type { PartShape } from "../alerts/read-parts";
import { ParentLink } from "../alerts/shapes/parent";
import { NotifySettings } from "../alerts/shapes/route";
import { ALERT_PARTS, type AlertFile, type AlertFileContent, Id } from "../alerts/yaml";
import { RetentionSettings } from "../retention/settings";

/** What people set, as files hold it. Plain data; secrets are `***`, a reference such as `${NAME}`, or what somebody typed into the file. */

/** What is not said is as the plugin has it, and the host the machine that Unity runs on. */
export const InstanceEntry = z.object({
  plugin: z.string().min(1).max(64),
  name: z.string().trim().min(1, "Give it a name.").max(100),
  host: z.string().trim().min(1).max(191).optional(),
  enabled: z.boolean().default(true),
  intervalSeconds: z.number().int().optional(),
  timeoutMs: z.number().int().min(500).max(120_000).optional(),
  tags: z.array(z.string().min(1).max(60)).max(20).default([]),
  config: z.record(z.string(), z.unknown()).default({}),
});
export interface InstanceEntry extends Readonly<Omit<z.output<typeof InstanceEntry>, "tags" | "config">> {
  readonly id?: string | undefined;
  readonly tags: readonly string[];
  readonly config: Readonly<Record<string, unknown>>;
}

const SettingsEntry = z.object({
  retention: RetentionSettings.optional(),
  notifications: NotifySettings.optional(),
});
type SettingsEntry = z.output<typeof SettingsEntry>;
export const SETTING_NAMES = ["retention", "notifications"] as const;
export type SettingName = (typeof SETTING_NAMES)[number];

/** A part that is not there is not spoken of. */
export interface ConfigFile extends AlertFile {
  readonly instances?: readonly InstanceEntry[] | undefined;
  /** What hangs on what: all of it. */
  readonly parents?: readonly ParentLink[] | undefined;
  readonly settings?: SettingsEntry | undefined;
}
export const CONFIG_PARTS = [
  "instances",
  "parents",
  "rules",
  "overrides",
  "channels",
  "routes",
  "silences",
  "settings",
] as const satisfies readonly (keyof ConfigFile)[];
export type ConfigPart = (typeof CONFIG_PARTS)[number];

export const SHAPES: Readonly<Record<ConfigPart, PartShape>> = {
  instances: { id: Id, content: InstanceEntry, most: 2_000 },
  parents: { content: ParentLink, most: 1_000 },
  ...ALERT_PARTS,
  settings: { content: SettingsEntry },
};

/** What is printed. Instances, channels and settings are without their secrets. */
export interface ConfigContent extends AlertFileContent {
  readonly instances: readonly (InstanceEntry & { readonly id: string })[];
  readonly parents: readonly ParentLink[];
  readonly settings: SettingsEntry;
}

/** Of a thing in a list or a report. */
export const CONFIG_KINDS = [
  "instance",
  "parents",
  "rule",
  "override",
  "channel",
  "route",
  "silence",
  "setting",
] as const;
export type ConfigKind = (typeof CONFIG_KINDS)[number];

/** Where in a file a kind stands. */
export const PART_OF = {
  instance: "instances",
  parents: "parents",
  rule: "rules",
  override: "overrides",
  channel: "channels",
  route: "routes",
  silence: "silences",
  setting: "settings",
} as const satisfies Record<ConfigKind, ConfigPart>;
