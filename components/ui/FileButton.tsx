"use client";

import { useId } from "react";
import { buttonClass } from "./button-class";

interface Props {
  readonly label: string;
  /** As an input has it; without it any file may be chosen. */
  readonly accept?: string;
  onChoose(file: File | undefined): void;
}

/** A button that chooses a file, for the keyboard as well. */
export function FileButton({ label, accept, onChoose }: Props) {
  const id = useId();
  return (
    <div>
      <input
        id={id}
        type="file"
        accept={accept}
        className="peer sr-only"
        onChange={({ target }) => {
          onChoose(target.files?.[0]);
          // The same file is read again after it was changed.
          target.value = "";
        }}
      />
      <label
        htmlFor={id}
        className={`${buttonClass({})} cursor-pointer peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-accent`}
      >
        {label}
      </label>
    </div>
  );
}
