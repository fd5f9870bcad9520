"use client";

import { May } from "@/components/account/May";
import { Button } from "@/components/ui/Button";
import { Menu } from "@/components/ui/Menu";
import { type Exported, useYaml } from "./use-yaml";

/** Takes what a page shows out of Unity. */
export function YamlMenu({ what, name }: { what: Exported; name: string }) {
  const { busy, copy, download } = useYaml(what, name);
  return (
    <May permission="edit">
      <Menu
        trigger={
          <Button icon="file" busy={busy}>
            YAML
          </Button>
        }
        items={[
          { name: "Copy as YAML", icon: "copy", onSelect: copy },
          { name: "Download", icon: "download", onSelect: download },
        ]}
      />
    </May>
  );
}
