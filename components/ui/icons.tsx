import type { SVGProps } from "react";

/** Drawn for Unity: 24 units, strokes of 1.75, round ends. Each is one path, so that the whole set stays small. */
const PATHS = {
  overview: "M3 13h4l3-8 4 14 3-6h4",
  instances: "M5 4h14v6H5zM5 14h14v6H5zM8.5 7h.01M8.5 17h.01M12 7h4M12 17h4",
  alerts: "M6 10a6 6 0 0 1 12 0c0 5 2 6 2 7H4c0-1 2-2 2-7M10 20.5h4",
  catalogue: "M4 4h6.5v6.5H4zM13.5 4H20v6.5h-6.5zM4 13.5h6.5V20H4zM16.75 13.5V20M13.5 16.75H20",
  dashboards: "M4 4h7v9H4zM15 4h5v5h-5zM15 13h5v7h-5zM4 17h7v3H4z",
  settings: "M4 7h9M17 7h3M4 17h3M11 17h9M15 4.75v4.5M9 14.75v4.5",
  search: "M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13M15.5 15.5 20 20",
  sun: "M12 8.25a3.75 3.75 0 1 1 0 7.5 3.75 3.75 0 0 1 0-7.5M12 3v1.5M12 19.5V21M3 12h1.5M19.5 12H21M5.6 5.6l1.1 1.1M17.3 17.3l1.1 1.1M18.4 5.6l-1.1 1.1M6.7 17.3l-1.1 1.1",
  moon: "M20 14.2A8 8 0 0 1 9.8 4a8 8 0 1 0 10.2 10.2",
  auto: "M4 5h16v11H4zM9 20h6M12 16v4",
  more: "M6 12h.01M12 12h.01M18 12h.01",
  close: "M6 6l12 12M18 6 6 18",
  check: "M5 12.5 10 17 19 7",
  plus: "M12 5v14M5 12h14",
  minus: "M5 12h14",
  play: "M7 5v14l12-7z",
  pause: "M9 5v14M15 5v14",
  remove: "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10.5 11v5M13.5 11v5",
  refresh: "M19 12a7 7 0 1 1-2.2-5.1L19 9M19 4.5V9h-4.5",
  edit: "M5 19h3.5L19 8.5 15.5 5 5 15.5zM13 7.5 16.5 11",
  external: "M14 4h6v6M20 4l-9 9M18 14v5H5V6h5",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  link: "M10 14a4 4 0 0 0 6 .4l2.5-2.5a4 4 0 0 0-5.7-5.7l-1.2 1.2M14 10a4 4 0 0 0-6-.4l-2.5 2.5a4 4 0 0 0 5.7 5.7l1.2-1.2",
  download: "M12 4v11M7.5 11 12 15.5 16.5 11M5 20h14",
  upload: "M12 15V4M7.5 8.500 12 4 16.500 8.500M5 20h14",
  file: "M6 3.500h8l4 4v13H6zM14 3.500v4h4",
  image: "M4 5h16v14H4zM4 16l4.5-4.5 4 4 3-3L20 17M15.5 9h.01",
  table: "M4 5h16v14H4zM4 10h16M10 10v9",
  expand: "M9 4H4v5M15 4h5v5M9 20H4v-5M15 20h5v-5",
  calendar: "M4 6h16v14H4zM4 10.5h16M8 3.5V8M16 3.5V8",
  clock: "M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16M12 8v4.5l3 1.75",
  left: "M14.5 6 8.5 12l6 6",
  right: "M9.5 6l6 6-6 6",
  up: "M6 14.5l6-6 6 6",
  down: "M6 9.5l6 6 6-6",
  sort: "M8.5 9.5 12 6l3.5 3.5M8.5 14.5 12 18l3.5-3.5",
  filter: "M4 6h16M7 12h10M10 18h4",
  grid: "M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z",
  rows: "M4 6h16M4 12h16M4 18h16",
  keyboard: "M3 6.5h18v11H3zM7 10h.01M10.5 10h.01M14 10h.01M17.5 10h.01M8 14h8",
  info: "M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16M12 11.5V16M12 8.25h.01",
  warning: "M12 4.5 21 19.5H3zM12 10.5v4M12 17h.01",
  unlink: "M9 15l6-6M10.5 7.5 13 5a4.2 4.2 0 0 1 6 6l-2.5 2.5M13.5 16.5 11 19a4.2 4.2 0 0 1-6-6l2.5-2.5",
  host: "M3.5 5h17v10.5h-17zM8.5 19.5h7M12 15.5v4",
  system: "M7 7h10v10H7zM10 3.5V7M14 3.5V7M10 17v3.5M14 17v3.5M3.5 10H7M3.5 14H7M17 10h3.5M17 14h3.5",
  storage: "M4 13.5 6.5 5h11l2.5 8.5M4 13.5h16V19H4zM16.5 16.25h.01M13 16.25h.01",
  network: "M9.5 4h5v4.5h-5zM4 15.5h5V20H4zM15 15.5h5V20h-5zM12 8.5V12M6.5 15.5V12h11v3.5",
  container: "M12 3.5 20 8v8l-8 4.5L4 16V8zM4 8l8 4.5L20 8M12 12.5v8",
  database: "M5 6.5c0-3.3 14-3.3 14 0v11c0 3.3-14 3.3-14 0zM5 6.5c0 3.3 14 3.3 14 0M5 12c0 3.3 14 3.3 14 0",
  application: "M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16M4 12h16M12 4c-4.7 4.7-4.7 11.3 0 16M12 4c4.7 4.7 4.7 11.3 0 16",
  lock: "M6 10.5h12V20H6zM8.500 10.500V8a3.5 3.5 0 0 1 7 0v2.500M12 14.500v2",
  key: "M7.5 8.25a3.75 3.75 0 1 1 0 7.5 3.75 3.75 0 0 1 0-7.5M11.25 12h9.25v3.5M16.75 12v2.75",
  phone: "M7.500 3h9v18h-9zM11 18h2",
  person: "M12 4.500a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7M5 20c0-4 3-5.500 7-5.500s7 1.500 7 5.500",
  people:
    "M9 5a3.25 3.25 0 1 1 0 6.5A3.25 3.25 0 0 1 9 5M3 19.500c0-3.500 2.500-5 6-5s6 1.500 6 5M15.500 5.500a3 3 0 0 1 0 5.750M17 14.750c2.500.5 4 2 4 4.750",
  security: "M12 3.5 19 6v5.5c0 4.5-3 7.5-7 9-4-1.5-7-4.5-7-9V6zM9 12l2.2 2.200L15.2 10",
  media: "M4 5h16v14H4zM10 9v6l5-3z",
  power: "M13 3.5 5.5 13.500H11l-1 7L18 10.500h-5.500z",
  thermal: "M10 14V6a2.25 2.25 0 0 1 4.5 0v8a4 4 0 1 1-4.5 0M12.25 10v6",
  hardware: "M3.5 8h17v8h-17zM7 16v3M12 16v3M17 16v3M7 11h3v2H7zM14 11h3v2h-3z",
  iot: "M12 16.500h.01M8.5 13a5 5 0 0 1 7 0M5.5 9.750a9.25 9.25 0 0 1 13 0",
} as const;

export type IconName = keyof typeof PATHS;

/** The drawing as a CSS mask, for what is there hundreds of times: no elements, one image. */
export const iconMask = (name: IconName): string =>
  `url("data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="#000" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"><path d="${PATHS[name]}"/></svg>`)}")`;

export const isIconName = (name: string): name is IconName => Object.hasOwn(PATHS, name);

interface IconProps extends Omit<SVGProps<SVGSVGElement>, "name"> {
  readonly name: IconName;
  /** Pixels. Default 16. */
  readonly size?: number;
  /** What it says to those who cannot see it; without it, the icon is decoration. */
  readonly label?: string;
}

export function Icon({ name, size = 16, label, className = "", ...rest }: IconProps) {
  const drawing = (
    <svg
      viewBox="0 0 24 24"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth={1.75}
      strokeLinecap="round"
      strokeLinejoin="round"
      className={`shrink-0 ${className}`}
      {...rest}
      aria-hidden="true"
    >
      <path d={PATHS[name]} />
    </svg>
  );
  if (!label) return drawing;
  return (
    <span role="img" aria-label={label} className="inline-flex shrink-0">
      {drawing}
    </span>
  );
}
