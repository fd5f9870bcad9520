"use client";

import { ListField } from "../ui/ListField";
import { NumberField } from "../ui/NumberField";
import { Select } from "../ui/Select";
import { TextArea } from "../ui/TextArea";
import { TextField } from "../ui/TextField";
import type { Field } from "./fields";
import { itemNameOf } from "./item-name";
import { MapField } from "./MapField";
import { SecretField } from "./SecretField";
import { SwitchField } from "./SwitchField";
import { asNumber, asRows, asText, asTexts, type FieldValue } from "./values";

interface Props {
  readonly field: Exclude<Field, { kind: "group" }>;
  readonly value: FieldValue | undefined;
  readonly error: string | undefined;
  onChange(value: FieldValue): void;
}

/** One field of a config, by its kind. */
export function FormField({ field, value, error, onChange }: Props) {
  const shared = {
    label: field.title,
    hint: field.description,
    error: error ?? null,
    required: field.required,
    hasDefault: field.fallback !== undefined,
  };
  const { placeholder } = field;
  switch (field.kind) {
    case "text":
      return <TextField {...shared} value={asText(value)} {...{ placeholder, onChange }} />;
    case "multiline":
      return <TextArea {...shared} code rows={4} value={asText(value)} {...{ placeholder, onChange }} />;
    case "secret":
      return (
        <SecretField {...shared} multiline={field.multiline} value={asText(value)} {...{ placeholder, onChange }} />
      );
    case "number": {
      const { integer, min, max, unit: suffix } = field;
      return (
        <NumberField {...shared} value={asNumber(value)} {...{ placeholder, integer, min, max, suffix, onChange }} />
      );
    }
    case "switch":
      return <SwitchField {...shared} checked={value === true} onChange={onChange} />;
    case "select":
      return (
        <Select
          {...shared}
          value={asText(value)}
          options={field.options.map((option) => ({ value: option, name: option === "auto" ? "Automatic" : option }))}
          onChange={onChange}
        />
      );
    case "list":
      return (
        <ListField
          {...shared}
          value={asTexts(value)}
          itemName={itemNameOf(field.title)}
          {...{ placeholder, onChange }}
        />
      );
    case "map":
      return <MapField {...shared} secret={field.secret} value={asRows(value)} onChange={onChange} />;
    case "json":
      return (
        <TextArea
          {...shared}
          code
          hint={field.description === "" ? "JSON." : `${field.description} As JSON.`}
          value={asText(value)}
          placeholder={placeholder || "[]"}
          onChange={onChange}
        />
      );
    default:
      return field satisfies never;
  }
}
