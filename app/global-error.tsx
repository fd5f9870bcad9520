"use client";

import { THEME_SCRIPT } from "@/components/frame/theme-script";
import { buttonClass } from "@/components/ui/button-class";
import "./globals.css";

/** When even the frame broke: no data, no live connection, only a way back. */
export default function GlobalError() {
  return (
    <html lang="en" suppressHydrationWarning>
      <head>
        <title>Unity could not be shown</title>
        <script>{THEME_SCRIPT}</script>
      </head>
      <body>
        <main className="flex min-h-dvh flex-col items-center justify-center gap-1 px-6 text-center">
          <h1 className="text-sm font-semibold">Unity could not be shown</h1>
          <p className="max-w-md text-sm text-pretty text-muted">
            Something went wrong around the page. Load it again; if it stays like this, look at Unity's log.
          </p>
          {/* Not a link of Next's: everything must be loaded anew. */}
          <a href="/" className={`${buttonClass()} mt-4`}>
            Load again
          </a>
        </main>
      </body>
    </html>
  );
}
