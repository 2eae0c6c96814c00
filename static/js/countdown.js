// The time left, by the server's clock. Far from the deadline the server's own words stand; in the last day it counts seconds.
import { say } from "./texts.js";

const DAY = 24 * 3600;

export function startCountdowns() {
  const places = [...document.querySelectorAll("[data-countdown]")];
  const server = Date.parse(document.body.dataset.serverNow ?? "");
  if (!places.length || Number.isNaN(server)) return;
  const ahead = server - Date.now();
  const tick = () => {
    for (const place of places) show(place, Date.parse(place.dataset.countdown) - (Date.now() + ahead));
  };
  tick();
  setInterval(tick, 1000);
}

function show(place, milliseconds) {
  // The deadline's own instant is still in time: "over" only after it.
  if (milliseconds < 0) {
    place.textContent = say("over");
    place.closest(".deadline")?.classList.add("past");
    return;
  }
  const left = Math.floor(milliseconds / 1000);
  if (left >= DAY) return;
  const two = (n) => String(n).padStart(2, "0");
  place.textContent = say("left", { time: `${Math.floor(left / 3600)}:${two(Math.floor(left / 60) % 60)}:${two(left % 60)}` });
  place.closest(".deadline")?.classList.toggle("urgent", left < 3600);
}
