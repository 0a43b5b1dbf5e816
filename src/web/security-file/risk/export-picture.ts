import { saveFile } from "../../advisories/save-file.ts";

/** Colours of an exported picture: those of the light theme, told apart by shape and pattern when printed in grey. */
const STYLE = `text{font:12px system-ui,sans-serif;fill:#131820}.pic-quiet{fill:#5d6776}.pic-cell{fill:#fff;stroke:#c5cbd5}
.pic-reduce{fill:url(#pic-dots)}.pic-unacceptable{fill:url(#pic-hatch)}.pic-move{stroke:#131820;fill:none}.pic-lit{stroke:#1d4fb8}
.pic-head{fill:#131820}.pic-count{fill:#fff;stroke:#131820}.pic-after{fill:#131820}.pic-after-text{fill:#fff}.pic-box{fill:#fff;stroke:#454e5c}
.pic-link{stroke:#8c95a3;fill:none;stroke-opacity:.55}.pic-ink{stroke:#8c95a3;fill:#8c95a3}.pic-halo{stroke:#fff}`;

/** Saves a picture of the page as an SVG that stands by itself. */
export function savePicture(svg: SVGSVGElement | null, name: string): void {
  if (svg === null) return;
  const copy = svg.cloneNode(true) as SVGSVGElement;
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  const style = document.createElementNS("http://www.w3.org/2000/svg", "style");
  style.textContent = STYLE;
  copy.prepend(style);
  saveFile(new Blob([new XMLSerializer().serializeToString(copy)], { type: "image/svg+xml" }), name);
}
