"use client";

import * as Radix from "@radix-ui/react-select";
import { Field, type FieldProps } from "./Field";
import { FIELD } from "./field-class";
import { Icon } from "./icons";

interface Props extends FieldProps {
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly name: string }[];
  readonly placeholder?: string;
  onChange(value: string): void;
}

export function Select({ value, options, placeholder = "Choose", onChange, ...field }: Props) {
  return (
    <Field {...field}>
      {({ required, ...control }) => (
        <Radix.Root value={value} onValueChange={onChange} required={required}>
          <Radix.Trigger
            {...control}
            className={`${FIELD} flex h-8 items-center justify-between gap-2 text-left pointer-coarse:h-10`}
          >
            <span className="truncate">
              <Radix.Value placeholder={placeholder} />
            </span>
            <Radix.Icon className="text-muted">
              <Icon name="down" size={14} />
            </Radix.Icon>
          </Radix.Trigger>
          <Radix.Portal>
            <Radix.Content
              position="popper"
              sideOffset={4}
              collisionPadding={8}
              className="pop z-50 max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) overflow-hidden"
            >
              <Radix.Viewport className="p-1">
                {options.map((option) => (
                  <Radix.Item
                    key={option.value}
                    value={option.value}
                    className="flex h-8 items-center justify-between gap-4 rounded-md px-2 text-sm outline-none select-none data-highlighted:bg-hover dark:data-highlighted:bg-line"
                  >
                    <Radix.ItemText>{option.name}</Radix.ItemText>
                    <Radix.ItemIndicator>
                      <Icon name="check" size={14} className="text-accent" />
                    </Radix.ItemIndicator>
                  </Radix.Item>
                ))}
              </Radix.Viewport>
            </Radix.Content>
          </Radix.Portal>
        </Radix.Root>
      )}
    </Field>
  );
}
