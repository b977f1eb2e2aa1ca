// Makes a passkey or asks for one (W3C Web Authentication). Every other page works without a script.
"use strict";

const bytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

async function send(address, content) {
  const answer = await fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: content && JSON.stringify(content),
  });
  const kind = answer.headers.get("Content-Type") || "";
  const said = kind.startsWith("application/json") ? await answer.json() : {};
  if (!answer.ok) throw new Error(said.words || "This did not work. Load the page anew and try again.");
  return said;
}

function question(options) {
  const asked = { ...options, challenge: bytes(options.challenge) };
  if (asked.user) asked.user = { ...asked.user, id: bytes(asked.user.id) };
  for (const list of ["excludeCredentials", "allowCredentials"]) {
    if (asked[list]) asked[list] = asked[list].map((one) => ({ ...one, id: bytes(one.id) }));
  }
  return { publicKey: asked };
}

function answer(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = text(credential.response[name]);
  }
  return { id: credential.id, rawId: text(credential.rawId), type: credential.type, response };
}

for (const place of document.querySelectorAll("[data-passkey]")) {
  const button = place.querySelector("button");
  const words = place.querySelector(".failure");
  place.hidden = !window.PublicKeyCredential;
  button.addEventListener("click", async () => {
    words.hidden = true;
    button.disabled = true;
    try {
      const asked = question(await send(`${place.dataset.passkey}/question`));
      const isNew = "new" in place.dataset;
      const given = await (isNew ? navigator.credentials.create(asked) : navigator.credentials.get(asked));
      const to = isNew ? "" : `?to=${encodeURIComponent(place.dataset.to)}`;
      const said = await send(`${place.dataset.passkey}/answer${to}`, answer(given));
      window.location.assign(said.to);
    } catch (problem) {
      // Whoever closes the browser's own window of passkeys knows that they did.
      const closed = problem.name === "NotAllowedError";
      words.textContent = closed ? "No passkey was used. Try again, or take another way." : problem.message;
      words.hidden = false;
      button.disabled = false;
    }
  });
}
