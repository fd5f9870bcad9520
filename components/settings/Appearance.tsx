"use client";

import { useEffect, useState } from "react";
import { setTheme, THEMES, useTheme } from "@/components/frame/theme";
import { Card } from "@/components/ui/Card";
import { Segmented } from "@/components/ui/Segmented";
import { SettingRow } from "./SettingRow";

/** What this browser shows; nothing of it leaves it. */
export function Appearance() {
  const theme = useTheme();
  return (
    <Card padding="none">
      <SettingRow name="Theme" hint="Auto follows the system. Kept in this browser.">
        <Segmented label="Theme" value={theme} options={THEMES} onChange={setTheme} />
      </SettingRow>
      <SettingRow name="Time zone" hint="Exact times are shown in the zone of this browser.">
        <TimeZone />
      </SettingRow>
    </Card>
  );
}

/** Only the browser knows it. */
function TimeZone() {
  const [zone, setZone] = useState("");
  useEffect(() => setZone(Intl.DateTimeFormat().resolvedOptions().timeZone), []);
  return <span className="num text-sm">{zone || " "}</span>;
}
