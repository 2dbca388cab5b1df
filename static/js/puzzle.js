// A worker: finds, for each round, the first number whose SHA-256("<seed>.<round>.<number>") begins with `bits` zeros.
// Plain SHA-256 (FIPS 180-4) of one block: crypto.subtle is asynchronous, slower for so little data, and missing without https.

const words = new Int32Array(64);
const root = (n, power) => (n ** (1 / power) % 1) * 2 ** 32 | 0;
const primes = [];
for (let n = 2; primes.length < 64; n++) if (primes.every((p) => n % p)) primes.push(n);
const START = Int32Array.from(primes.slice(0, 8), (p) => root(p, 2));
const K = Int32Array.from(primes, (p) => root(p, 3));
const turn = (x, n) => x >>> n | x << 32 - n;

/** The first 32 bits of SHA-256(text), as a signed number; `text` is ASCII and shorter than 56 characters. */
function head(text) {
  words.fill(0, 0, 16);
  for (let i = 0; i < text.length; i++) words[i >> 2] |= text.charCodeAt(i) << 24 - (i & 3) * 8;
  words[text.length >> 2] |= 0x80 << 24 - (text.length & 3) * 8;
  words[15] = text.length * 8;
  for (let i = 16; i < 64; i++) {
    const a = words[i - 15], b = words[i - 2];
    words[i] = words[i - 16] + (turn(a, 7) ^ turn(a, 18) ^ a >>> 3) + words[i - 7] + (turn(b, 17) ^ turn(b, 19) ^ b >>> 10);
  }
  let [a, b, c, d, e, f, g, h] = START;
  for (let i = 0; i < 64; i++) {
    const t1 = h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + (e & f ^ ~e & g) + K[i] + words[i] | 0;
    const t2 = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + (a & b ^ a & c ^ b & c) | 0;
    h = g; g = f; f = e; e = d + t1 | 0; d = c; c = b; b = a; a = t1 + t2 | 0;
  }
  return START[0] + a | 0;
}

onmessage = ({ data: { seed, rounds, bits } }) => {
  const found = [];
  for (let round = 0; round < rounds; round++) {
    let n = 0;
    while (head(`${seed}.${round}.${n}`) >>> 32 - bits) n++;
    found.push(n);
  }
  postMessage(found.join('.'));
};
