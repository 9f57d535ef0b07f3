import { shape } from "./dom.js";

const WAVES = "c4-4 8-4 12 0s8 4 12 0 8-4 12 0 8 4 12 0";

/** Noor's face: sun, dike and water. Drawn here, for the page's policy may allow no image of ours. */
export function avatar() {
  return shape(
    "svg",
    { class: "avatar", viewBox: "0 0 48 48", "aria-hidden": "true" },
    shape("rect", { width: 48, height: 48, rx: 24, fill: "#d9ebf6" }),
    shape("circle", { cx: 24, cy: 21, r: 9, fill: "#f0b64a" }),
    shape("path", { d: `M0 24${WAVES}v24H0z`, fill: "#2e6b45" }),
    shape("path", { d: `M0 31${WAVES}v17H0z`, fill: "#1a6291" }),
    shape("path", { d: `M0 39${WAVES}`, fill: "none", stroke: "#d9ebf6", "stroke-width": 2 }),
  );
}
