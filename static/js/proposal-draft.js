/* What has not arrived yet stays in this browser, for this person, proposal and step; draft.js throws away what is older
   than two weeks, and everything when somebody signs out. */
const SOON_MS = 300;

export class Draft {
  constructor(name) {
    this.place = `draft:${name}`;
  }

  read() {
    try {
      return Object.entries(JSON.parse(localStorage.getItem(this.place)).answers).map(([name, kept]) => ({ name, ...kept }));
    } catch {
      return [];
    }
  }

  /* Keep what is not stored yet, and nothing else; say whether the browser could. */
  keep(answers) {
    clearTimeout(this.waiting);
    try {
      if (!answers.length || this.isOver) localStorage.removeItem(this.place);
      else localStorage.setItem(this.place, JSON.stringify({ at: Date.now(), sent: false, answers: this.written(answers) }));
      return true;
    } catch {
      return !answers.length;
    }
  }

  written(answers) {
    return Object.fromEntries(answers.map((each) => {
      const { name, value, mark } = each;
      return [name, { value, mark, key: each.keyOf(value) }];
    }));
  }

  /* Whoever signs out leaves nothing here, not even what was typed last. */
  end() {
    this.isOver = true;
    this.keep([]);
  }

  keepSoon(keep) {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(keep, SOON_MS);
  }
}
