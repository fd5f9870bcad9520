import { SettingSection } from "@/components/settings/SettingSection";
import { Connect } from "./Connect";
import { MakeBundle } from "./MakeBundle";
import { WhatTheyMay } from "./WhatTheyMay";

/** What Unity knows, for assistants: as one text to hand over, or as tools that they call themselves. */
export function AssistantsView() {
  return (
    <div className="grid w-full max-w-3xl gap-x-5 gap-y-6 xl:max-w-none xl:grid-cols-2 xl:items-start">
      <SettingSection title="Make a bundle">
        <MakeBundle />
      </SettingSection>
      <div className="flex min-w-0 flex-col gap-6">
        <SettingSection title="Connect an assistant">
          <Connect />
        </SettingSection>
        <SettingSection title="What assistants may do">
          <WhatTheyMay />
        </SettingSection>
      </div>
    </div>
  );
}
