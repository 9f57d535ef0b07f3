const KEY = "loket-coach-geluid";
// Two short tones, in hertz, and how long and loud each is.
const TONES = [660, 880];
const SECONDS = 0.12;
const VOLUME = 0.08;

/** A short sound when somebody waits; off until it is switched on, and remembered in this browser. */
export class Sound {
  #button;
  #context;

  constructor(button) {
    this.#button = button;
    if (!button) return;
    button.hidden = false;
    this.#show();
    button.addEventListener("click", () => {
      localStorage.setItem(KEY, this.isOn ? "uit" : "aan");
      this.#show();
      this.play();
    });
  }

  get isOn() {
    return localStorage.getItem(KEY) === "aan";
  }

  play() {
    if (!this.isOn || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    this.#context ??= new AudioContext();
    TONES.forEach((frequency, index) => {
      const tone = new OscillatorNode(this.#context, { frequency });
      const start = this.#context.currentTime + index * SECONDS;
      tone.connect(new GainNode(this.#context, { gain: VOLUME })).connect(this.#context.destination);
      tone.start(start);
      tone.stop(start + SECONDS);
    });
  }

  #show() {
    this.#button.setAttribute("aria-pressed", String(this.isOn));
  }
}
