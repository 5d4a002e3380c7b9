// Uploads recordings piece by piece (tus 1.0): a piece that is lost is sent again, and a reload goes on where it was.
const form = document.querySelector("form[data-uploads]");
if (form) begin();

const seconds = (count) => new Promise((done) => setTimeout(done, count * 1000));
const tus = { "Tus-Resumable": "1.0.0" };

function begin() {
  const queue = [];
  const input = form.querySelector("input[type=file]");
  let busy = false;

  async function add(files) {
    queue.push(...[...files].map((file) => new Upload(file)));
    if (busy) return;
    busy = true;
    while (queue.length) await queue.shift().run();
    busy = false;
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    add(input.files);
    form.reset();
  });
  form.addEventListener("dragover", (event) => {
    event.preventDefault();
    form.classList.add("over");
  });
  form.addEventListener("dragleave", () => form.classList.remove("over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("over");
    add(event.dataTransfer.files);
  });
  addEventListener("beforeunload", (event) => busy && event.preventDefault());
}

/** One file on its way. */
class Upload {
  constructor(file) {
    this.file = file;
    this.key = `upload:${form.dataset.channel}:${file.name}:${file.size}:${file.lastModified}`;
    const row = document.getElementById("upload-row").content.cloneNode(true);
    [this.bar, this.words] = [row.querySelector("progress"), row.querySelector("[role=status]")];
    [this.pauser, this.canceller] = row.querySelectorAll("button");
    this.buttons = row.querySelector(".buttons");
    row.querySelector("strong").textContent = file.name;
    this.bar.ariaLabel = file.name;
    this.pauser.addEventListener("click", () => this.pause());
    this.canceller.addEventListener("click", () => this.cancel());
    this.say("waits for those before it");
    document.getElementById("uploading").append(row);
  }

  say(words) {
    this.words.textContent = words;
  }

  pause() {
    this.paused = !this.paused;
    this.pauser.textContent = this.paused ? "Go on" : "Pause";
    if (this.paused) this.request?.abort();
    else this.wake?.();
  }

  cancel() {
    this.cancelled = true;
    this.request?.abort();
    this.wake?.();
  }

  async run() {
    for (let tries = 0; !this.cancelled; ) {
      if (this.paused) {
        this.say("paused");
        await new Promise((go) => (this.wake = go));
        continue;
      }
      try {
        const before = this.sent ?? 0;
        await this.step();
        if (this.sent > before) tries = 0;
        if (this.done) return this.end("It has arrived; the channel takes it now.", 100);
      } catch (trouble) {
        // Part of the piece may have come: it has to ask how far it is.
        this.place = null;
        if (this.paused || this.cancelled) continue;
        // It is known to be no recording: the next try is a new one.
        if (trouble.status === 422) localStorage.removeItem(this.key);
        if (trouble.isFinal) return this.end(trouble.message);
        const wait = Math.min(30, 2 ** tries++);
        this.say(`${trouble.status ? trouble.message : "The connection is broken."} It is tried again in ${wait} s.`);
        await Promise.race([seconds(wait), new Promise((go) => (this.wake = go))]);
      }
    }
    await this.forget();
  }

  // Finds out how far it is, or sends the next piece.
  async step() {
    if (!this.place) return this.find();
    const end = Math.min(this.file.size, this.sent + Number(form.dataset.chunk));
    const answer = await this.send("PATCH", this.place, this.file.slice(this.sent, end), {
      "Upload-Offset": this.sent,
      "Content-Type": "application/offset+octet-stream",
    });
    this.sent = Number(answer.getResponseHeader("Upload-Offset"));
    this.done = this.sent === this.file.size;
    if (this.done) localStorage.removeItem(this.key);
  }

  async find() {
    const known = localStorage.getItem(this.key);
    if (known) {
      try {
        const answer = await this.send("HEAD", known);
        this.sent = Number(answer.getResponseHeader("Upload-Offset"));
        this.place = known;
        return;
      } catch (trouble) {
        if (trouble.status !== 404) throw trouble;
        localStorage.removeItem(this.key);
      }
    }
    const text = (words) => btoa(String.fromCharCode(...new TextEncoder().encode(words)));
    const answer = await this.send("POST", form.dataset.uploads, null, {
      "Upload-Length": this.file.size,
      "Upload-Metadata": `filename ${text(this.file.name)},channel ${text(form.dataset.channel)}`,
    });
    this.place = answer.getResponseHeader("Location");
    this.sent = 0;
    localStorage.setItem(this.key, this.place);
  }

  send(method, address, body = null, headers = {}) {
    return new Promise((done, fail) => {
      const request = (this.request = new XMLHttpRequest());
      const began = performance.now();
      request.open(method, address);
      for (const [name, value] of Object.entries({ ...tus, ...headers })) request.setRequestHeader(name, value);
      if (body) request.upload.onprogress = (event) => this.show(event.loaded, performance.now() - began);
      request.onload = () => (request.status < 300 ? done(request) : fail(problem(request)));
      request.onerror = request.onabort = () => fail(new Error("cut"));
      request.send(body);
    });
  }

  show(loaded, milliseconds) {
    const at = this.sent + loaded;
    const speed = (loaded / Math.max(1, milliseconds)) * 1000;
    this.bar.value = (100 * at) / this.file.size;
    const left = Math.ceil((this.file.size - at) / Math.max(1, speed));
    this.say(
      at === this.file.size
        ? "All has been sent; it is being looked at."
        : `${Math.floor(this.bar.value)} %, ${(speed / 1048576).toFixed(1)} MiB/s, ${left} s left`,
    );
  }

  end(words, percent) {
    if (percent) this.bar.value = percent;
    this.buttons.remove();
    this.say(words);
  }

  async forget() {
    const known = localStorage.getItem(this.key);
    localStorage.removeItem(this.key);
    this.end("Cancelled.");
    // The piece that was under way may hold it for another moment.
    for (let tries = 0; known && tries < 5; tries++) {
      try {
        return await this.send("DELETE", known);
      } catch (trouble) {
        if (trouble.isFinal) return;
        await seconds(1);
      }
    }
  }
}

// What may pass is tried again: another request at it, a wrong place, too many, a server that is away.
function problem(request) {
  const passes = [408, 409, 423, 429, 502, 503, 504];
  let words = `The answer was ${request.status}.`;
  try {
    const told = JSON.parse(request.responseText);
    words = `${told.detail} ${told.mend ?? ""}`;
  } catch {
    // HEAD and servers in between send no words.
  }
  return Object.assign(new Error(words), { status: request.status, isFinal: !passes.includes(request.status) });
}
