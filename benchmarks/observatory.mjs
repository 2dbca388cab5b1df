// Mozilla's own tests and grading, called as functions on an answer made here (https assumed, as a host gives it).
// Reads {host, headers, body} from standard input. Runs in .cache/tools, beside what it imports.
import { AxiosHeaders } from "axios";
import { Requests } from "@mdn/mdn-http-observatory/src/types.js";
import { ALL_TESTS } from "@mdn/mdn-http-observatory/src/constants.js";
import { getGradeForScore, getScoreModifier } from "@mdn/mdn-http-observatory/src/grader/grader.js";
import { readFileSync } from "node:fs";
const { host, headers, body } = JSON.parse(readFileSync(0, "utf8"));
const request = new Requests(host);
const answer = () => ({ headers: new AxiosHeaders({ ...headers, "Content-Type": "text/html" }), status: 200,
  statusText: "OK", verified: true, data: body, request: { headers: new AxiosHeaders() },
  config: { headers: new AxiosHeaders() } });
request.resources.path = body;
request.responses.auto = answer();
request.responses.cors = answer();
request.responses.http = answer();
request.responses.https = answer();
request.responses.httpRedirects = [
  { url: new URL(`http://${host}/`), status: 301 }, { url: new URL(`https://${host}/`), status: 200 }];
request.responses.httpsRedirects = [{ url: new URL(`https://${host}/`), status: 200 }];
request.session = { url: new URL(`https://${host}/`), redirectHistory: request.responses.httpRedirects };
let score = 100;
const told = ALL_TESTS.map((test) => {
  const { result, pass } = test(request);
  const modifier = getScoreModifier(result);
  score += modifier;
  return `  ${pass ? "pass" : "FAIL"} ${modifier} ${result}`;
});
console.log([`HTTP Observatory: ${getGradeForScore(score).grade} (${score} points)`, ...told].join("\n"));
