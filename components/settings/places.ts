import { may, type Permission, type Rights, seesAll } from "@/components/account/rights";
import type { IconName } from "@/components/ui/icons";

interface SettingsPlace {
  readonly href: string;
  readonly name: string;
  /** Beside its name where it is searched for. */
  readonly about: string;
  readonly icon: IconName;
  /** Who lacks this does not see it. As `PAGES` in `server/http/pages.ts` has it. */
  readonly needs?: Permission;
  /** It is about everything: those who see only some instances do not see it. */
  readonly ofAll?: true;
}

/** The pages of the settings, in their order: as tabs, and where pages are searched for. One more is one more line. */
const SETTINGS: readonly SettingsPlace[] = [
  { href: "/settings", name: "General", about: "appearance, and what runs here", icon: "settings" },
  {
    href: "/settings/storage",
    name: "Storage",
    about: "what is kept, and what it takes",
    icon: "storage",
    ofAll: true,
  },
  { href: "/settings/account", name: "Account", about: "password, two-factor, passkeys, sessions", icon: "person" },
  { href: "/settings/tokens", name: "API tokens", about: "what programs come in by", icon: "key" },
  {
    href: "/settings/assistants",
    name: "Assistants",
    about: "MCP for assistants, and a time as one text",
    icon: "application",
  },
  {
    href: "/settings/people",
    name: "People",
    about: "who may come in, and what each may do",
    icon: "people",
    needs: "administer",
  },
  {
    href: "/settings/audit",
    name: "Audit log",
    about: "who did what, and what was refused",
    icon: "rows",
    needs: "administer",
  },
  {
    href: "/settings/backup",
    name: "Backup",
    about: "everything in one file, and back",
    icon: "download",
    needs: "administer",
  },
  {
    href: "/settings/files",
    name: "Files",
    about: "what is set as YAML, a folder that is applied, and other programs' files",
    icon: "file",
    needs: "edit",
    ofAll: true,
  },
];

/** Those that somebody may open. */
export const settingsOf = (me: Rights): SettingsPlace[] =>
  SETTINGS.filter(({ needs, ofAll }) => (needs === undefined || may(me, needs)) && (!ofAll || seesAll(me)));
