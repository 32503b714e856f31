"""The member's pages. `main` is the script that Streamlit runs; the rest serves it."""
