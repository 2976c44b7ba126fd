// Turns on the captions in the page's language when the film begins. The attribute `default` would
// do it without a script, but makes browsers fetch the captions before anybody has pressed play.
const reader = document.documentElement.lang

for (const video of document.querySelectorAll("video")) {
  video.addEventListener(
    "play",
    () => {
      const tracks = [...video.textTracks]
      const own = tracks.find((track) => track.language === reader)
      if (own && tracks.every((track) => track.mode === "disabled")) own.mode = "showing"
    },
    { once: true },
  )
}
